import { ana, bo, dsn, plain, RETURNED, type ReportFixture, report } from './report-fixture.ts';

/** Reports of providers and gateways. */
export const PROVIDER_REPORTS: readonly ReportFixture[] = [
  plain(
    'Gmail with a state',
    'Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)\nX-Failed-Recipients: ana@example.com',
    `
Delivery to the following recipient failed permanently:

     ana@example.com

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the recipient domain. The error that the other server returned was: 550 550 nobody of that name, unknown user (state 14).

----- Original message -----

${RETURNED}`,
    ana('user_unknown', true),
  ),
  plain(
    'Gmail, delay',
    'Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Delay)',
    `
THIS IS A WARNING MESSAGE ONLY.

YOU DO NOT NEED TO RESEND YOUR MESSAGE.

Delivery to the following recipient has been delayed:

     ana@example.com

Message will be retried for 2 more day(s)

Technical details of temporary failure:
The recipient server did not accept our requests to connect.
`,
    { ...ana('expired'), action: 'delayed' },
  ),
  report(
    'Gmail today',
    'Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)',
    dsn(
      `** Address not found **

Your message wasn't delivered to ana@example.com because the domain example.com couldn't be found.

The response was:

DNS Error: DNS type 'mx' lookup of example.com responded with code NXDOMAIN Domain name not found: example.com`,
      "Final-Recipient: rfc822; ana@example.com\nAction: failed\nStatus: 5.1.2\nDiagnostic-Code: smtp; DNS Error: DNS type 'mx' lookup of example.com responded with code NXDOMAIN\n Domain name not found: example.com",
    ),
    ana('host_unknown', true),
  ),
  plain(
    'a group at Google',
    'Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)\nX-Failed-Recipients: ana@example.com',
    `
Hello news@acme.example,

We're writing to let you know that the group you tried to contact (ana) may not exist, or you may not have permission to post messages to the group.

 * You might have spelled the group name wrongly.

Google Groups

----- Original message -----

${RETURNED}`,
    ana('rejected'),
  ),
  plain(
    'GMX',
    'Return-Path: <>\nFrom: "GMX Mailer Daemon" <mailer-daemon@gmx.example>\nSubject: Mail delivery failed: returning message to sender\nX-GMX-Antispam: 0 (Mail was not recognized as spam)',
    `
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

"ana@example.com":
SMTP error from remote server after RCPT command:
host: mail.example.com
5.1.1 <ana@example.com>... User Unknown

--- The header of the original message is following. ---

${RETURNED}`,
    ana('user_unknown', true),
  ),
  plain(
    '1&1',
    'From: "Mail Delivery System" <mailer-daemon@kundenserver.example>\nSubject: Mail delivery failed: returning message to sender',
    `
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error.

The following address failed:

    ana@example.com:
    SMTP error from remote server for TEXT command, host: mail.example.com (192.0.2.1) reason: 550 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]

--- The header of the original message is following. ---

${RETURNED}`,
    ana('spam_detected'),
  ),
  plain(
    'Yahoo',
    'Return-Path: <>\nFrom: MAILER-DAEMON@yahoo.example\nSubject: Failure Notice',
    `
Sorry, we were unable to deliver your message to the following address.

<ana@example.com>:
Remote host said: 550 5.1.1 no such account: user unknown [RCPT_TO]

--- Below this line is a copy of the message.

${RETURNED}`,
    ana('user_unknown', true),
  ),
  plain(
    'Zoho',
    'From: mailer-daemon@mail.zoho.example\nSubject: Mail Delivery Status Notification (Delivery Failure)\nX-ZohoMail: 0',
    `
This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

ana@example.com Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <ana@example.com>... User Unknown

Received:from [192.0.2.9] by mx.zoho.example
${RETURNED}`,
    ana('user_unknown', true),
  ),
  plain(
    'ezweb',
    'Return-Path: <>\nFrom: <Postmaster@ezweb.ne.jp>\nSubject: Mail System Error - Returned Mail',
    `
The user(s) account is temporarily over quota.

<ana@example.com>
`,
    ana('mailbox_full'),
  ),
  plain(
    'ezweb, refused elsewhere',
    'Return-Path: <>\nFrom: Postmaster@ezweb.ne.jp\nSubject: Mail System Error - Returned Mail',
    `
Each of the following recipients was rejected by a remote
mail server.

    Recipient: <ana@example.com>
    >>> RCPT TO:<ana@example.com>
    <<< 550 <ana@example.com>: User unknown
`,
    ana('user_unknown', true),
  ),
  plain(
    'ezweb, refused as unwanted',
    'Return-Path: <>\nFrom: Postmaster@ezweb.ne.jp\nSubject: Mail System Error - Returned Mail\nX-SPASIGN: NG',
    `
Each of the following recipients was rejected by a remote mail server.

    Recipient: <ana@example.com>
    >>> RCPT TO:<ana@example.com>
    <<< 550 refused
`,
    ana('filtered'),
  ),
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
    'Gmail in a language of its own',
    'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)\nX-Failed-Recipients: ana@example.com',
    `
Adresse introuvable

Votre message n'a pas pu parvenir à ana@example.com.

La réponse est la suivante :
550 5.1.1 No such account.
`,
    ana('user_unknown', true),
  ),
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
    'au one-net',
    'From: no-reply@app.auone-net.jp\nSubject: Mail delivery',
    `
Your mail sent on: Thu, 29 Oct 2026 19:00:00 +0900
    Could not be delivered to: <ana@example.com>
    As their mailbox is full.
`,
    ana('mailbox_full'),
  ),
  plain(
    'Biglobe',
    'From: postmaster@biglobe.ne.jp\nSubject: Returned mail: User unknown',
    `
   ----- The following addresses had delivery problems -----
ana@example.com

   ----- Non-delivered information -----
The number of messages in recipient's mailbox exceeded the local limit.
`,
    ana('mailbox_full'),
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
