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
    "PowerMTA with a general comment beside the code and the server's own words",
    'Return-Path: <>\nFrom: Mail Delivery System <mailer-daemon@mx.example.net>\nSubject: Delivery report',
    dsn(
      'Your message could not be delivered.',
      'Final-Recipient: rfc822;ana@example.com\nAction: failed\nStatus: 5.1.1 (bad destination mailbox address)\nDiagnostic-Code: smtp;552 5.1.1 <ana@example.com> the inbox is over quota',
    ),
    ana('mailbox_full'),
  ),
  report(
    'Gmail that calls the address unknown though it was the sender who was refused',
    'Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)',
    dsn(
      "** Address not found **\n\nYour message wasn't delivered to ana@example.com because the address couldn't be found.\n\nThe response from the remote server was:\n501 5.1.8 news@acme.example no",
      'Final-Recipient: rfc822; ana@example.com\nAction: failed\nStatus: 5.1.8\nRemote-MTA: dns; mx.example.com\nDiagnostic-Code: smtp; 501 5.1.8 news@acme.example no',
    ),
    ana('rejected'),
  ),
  report(
    'Exchange Online that passes on what another server said',
    'Return-Path: <>\nFrom: Microsoft Outlook <postmaster@outlook.example>\nSubject: Undeliverable: October',
    dsn(
      'example.com rejected your message to the following email addresses:\n\nana@example.com',
      'Final-Recipient: rfc822;ana@example.com\nAction: failed\nStatus: 5.1.351\nDiagnostic-Code: smtp;550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 5.1.1 <ana@example.com> no',
    ),
    ana('user_unknown', true),
  ),
  report(
    'Mimecast, by the words of its own list',
    'Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: Undelivered Mail',
    dsn(
      'Your message could not be delivered.',
      'Final-Recipient: rfc822; ana@example.com\nAction: failed\nStatus: 5.0.0\nRemote-MTA: dns; eu-smtp-inbound-1.mimecast.com\nDiagnostic-Code: smtp; 554 Host network not allowed',
    ),
    ana('policy_violation'),
  ),
  plain(
    'DragonFly, which names who was not reached where others name us',
    'Return-Path: <>\nFrom: MAILER-DAEMON <>\nSubject: Mail delivery failed\nX-Original-To: <ana@example.com>',
    `
This is the DragonFly Mail Agent v0.13 at mx.example.net.

There was an error delivering your mail to <ana@example.com>.

mail.example.com [192.0.2.25] did not like our RCPT TO:
550 5.1.1 <ana@example.com>: no such person

Original message headers follow.

${RETURNED}`,
    ana('user_unknown', true),
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
