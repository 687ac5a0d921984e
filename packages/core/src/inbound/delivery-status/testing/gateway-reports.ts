import { ana, bo, dsn, plain, RETURNED, type ReportFixture, report } from './report-fixture.ts';

/** Reports of gateways, filters and senders for others, and some that fit no name. */
export const GATEWAY_REPORTS: readonly ReportFixture[] = [
  report(
    'PowerMTA, which sorts by itself',
    'Return-Path: <>\nFrom: Mail Delivery System <mailer-daemon@mx.example.net>\nSubject: Delivery report',
    dsn(
      'Your message could not be delivered.',
      'Final-Recipient: rfc822;ana@example.com\nAction: failed\nStatus:\nX-PowerMTA-BounceCategory: inactive-mailbox\n\nFinal-Recipient: rfc822;bo@example.com\nAction: failed\nStatus: 5.0.0\nX-PowerMTA-BounceCategory: bad-mailbox',
    ),
    ana('suspend'),
    bo('user_unknown', true),
  ),
  report(
    'MessageLabs',
    'Return-Path: <>\nFrom: MAILER-DAEMON@messagelabs.com\nSubject: Mail Delivery Failure',
    dsn(
      'This is the mail delivery agent at messagelabs.com.',
      'Final-Recipient: rfc822; ana@example.com\nAction: failed\nStatus: 5.0.0\nRemote-MTA: dns; cluster1.eu.messagelabs.com\nDiagnostic-Code: smtp; 550 Invalid recipient <ana@example.com> (#5.1.1)',
    ),
    ana('user_unknown', true),
  ),
  {
    name: 'a gateway that wraps the report of another',
    header:
      'Return-Path: <>\nFrom: postmaster@gate.example.net\nSubject: Undeliverable\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=outer',
    body: `--outer
Content-Type: text/plain

This message could not be delivered; see the attached report.
--outer
Content-Type: message/rfc822

From: MAILER-DAEMON@mx.example.net
To: ana@example.com
Subject: failure
Content-Type: multipart/report; report-type=delivery-status; boundary=in

--in
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; bo@example.com
Action: failed
Status: 5.1.1
--in--
--outer--
`,
    expected: [bo('user_unknown', true)],
  },
  plain(
    'a server that names nobody',
    'From: postmaster@mx.example.net\nSubject: Delivery delayed: October',
    `
Delivery has been delayed. The server keeps trying. 451 4.4.0 DNS query failed
`,
  ),
  plain(
    'a qmail of its own words',
    'From: MAILER-DAEMON@mx.example.net\nSubject: Delivery failed',
    `
Delivery failed: ana@example.com
192.0.2.1 does not like recipient.
Remote host said[Response Message]: 550 sorry, your recipient address is not in my local list
Giving up on 192.0.2.1.
`,
    ana('user_unknown', true),
  ),
  plain(
    'm-FILTER',
    'From: mailer-daemon@mx.example.net\nSubject: failure notice\nX-Mailer: m-FILTER\nContent-Type: text/plain; charset=utf-8',
    `
このメールは「m-FILTER」が自動的に生成して送信しています。

以下のメールアドレスへの送信に失敗しました。
ana@example.com

-------server message
550 5.1.1 unknown user <ana@example.com>

-------SMTP command
RCPT

-------original message
${RETURNED}`,
    ana('user_unknown', true),
  ),
  plain(
    'InterScan',
    'From: "InterScan MSS" <postmaster@mx.example.net>\nSubject: Mail could not be delivered',
    `
Sent <<< RCPT TO:<ana@example.com>
Received >>> 550 5.1.1 <ana@example.com>... user unknown
`,
    ana('user_unknown', true),
  ),
  plain(
    'MailMarshal',
    'From: MailMarshal@mx.example.net\nSubject: Undeliverable Mail: "October"',
    `
Your message:
   From:    news@acme.example
   Subject: October

Could not be delivered because of

550 5.1.1 User unknown

The following recipients were affected:
    ana@example.com

Additional Information
======================
Original Sender:    <news@acme.example>
`,
    ana('user_unknown', true),
  ),
  plain(
    'Mimecast',
    'Return-Path: <>\nFrom: <postmaster@mx.example.net>\nSubject: [Postmaster] Email Delivery Failure',
    `
An email that you attempted to send to the following address could not be delivered:

-- ana@example.com

The problem appears to be :
-- Recipient email address is possibly incorrect

Additional information follows :
-- 5.4.1 Recipient address rejected: Access denied.
`,
    ana('user_unknown', true),
  ),
  plain(
    'MailFoundry',
    'From: <postmaster@mx.example.net>\nSubject: Message delivery has failed\nReceived: from localhost (127.0.0.1) by mx.example.net (MAILFOUNDRY) id 1',
    `
This is a MIME-encapsulated message.

Unable to deliver message to: <ana@example.com>
Delivery failed for the following reason:
Server mail.example.com[192.0.2.1] failed with: 552 5.2.2 mailbox over quota

This has been a permanent failure.  No further delivery attempts will be made.
`,
    ana('mailbox_full'),
  ),
  plain(
    'SurfControl',
    'From: Mail Delivery System <postmaster@mx.example.net>\nSubject: Mail could not be delivered',
    `
Your message could not be sent.
A transcript of the attempts to send the message follows.
The number of attempts made: 1
Addressed To: ana@example.com

Thu 29 Oct 2026 10:00:00 +0000
Failed to send to identified host,
ana@example.com: [192.0.2.1], 550 5.1.1 No such recipient
--- Message non-deliverable.
`,
    ana('user_unknown', true),
  ),
  plain(
    'a multimedia gateway',
    'From: post_master@vtext.com\nSubject: Undeliverable Message',
    `
Error: 550 - Requested action not taken: no such user here

Message details:
  Subject: October
  MAIL FROM: news@acme.example
  RCPT TO: ana@example.com
`,
    ana('user_unknown', true),
  ),
  plain(
    'X6',
    'From: Mail Delivery <postmaster@mx.example.net>\nSubject: There was an error sending your mail',
    `
We had trouble delivering your message. Full details follow:

Subject: 'October'

1 error(s):

SMTP Server <mail.example.com> rejected recipient <ana@example.com> (Error following RCPT command). It responded as follows: [550 5.1.1 User unknown]
`,
    ana('user_unknown', true),
  ),
];
