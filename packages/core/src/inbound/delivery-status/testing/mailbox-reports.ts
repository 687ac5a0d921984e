import { ana, dsn, plain, RETURNED, type ReportFixture, report } from './report-fixture.ts';

/** Reports of providers of mailboxes. */
export const MAILBOX_REPORTS: readonly ReportFixture[] = [
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
];
