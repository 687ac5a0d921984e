import {
  ana,
  bo,
  DAEMON,
  dsn,
  plain,
  RETURNED,
  type ReportFixture,
  report,
} from './report-fixture.ts';

/** Reports of programs that nobody has described: told by how they begin, read sentence by sentence. */
export const WORDY_REPORTS: readonly ReportFixture[] = [
  plain(
    'a server that puts the address into a sentence',
    'From: MAILER-DAEMON@mx.example.net\nSubject: Returned mail: October',
    `
This user's mailbox is full: <ana@example.com>
Nothing more fits in.
`,
    ana('mailbox_full'),
  ),
  plain(
    'a server that names two addresses in one account',
    'From: MAILER-DAEMON@mx.example.net\nSubject: failure notice',
    `
Sorry, we were unable to deliver your message to ana@example.com, since

 552 Quota violation for bo@example.com

--- Original message

${RETURNED}`,
    ana('mailbox_full'),
    bo('mailbox_full'),
  ),
  plain(
    'a server that gives the reason before the names',
    'From: Mail Administrator <postmaster@mx.example.net>\nSubject: Mail System Error - Returned Mail',
    `
The computer at the other end was not reachable within the allowed queue period.

These recipients did not receive your message:

     <ana@example.com>
These recipients did not receive your message:

     <bo@example.com>

Please reply to postmaster@mx.example.net if you think this is wrong.
`,
    ana('expired'),
    bo('expired'),
  ),
  plain(
    'a server that names the address after a label of its own',
    'From: "List server" <postmaster@mx.example.net>\nSubject: Undelivered mail',
    `
--> What went wrong:
Error-for:  ana@example.com
Error-Code: 0
Error-Text: Mailer mx.example.com said:
            "554 Message looping (received 6 times)"

---------------- Original message ----------------

${RETURNED}`,
    ana('network_error'),
  ),
  plain(
    'a telephone gateway that writes an answer',
    'From: post_master@gw.example.net\nSubject: Re:October',
    `
Error: Invalid user address

550 - Requested action not taken: no such user here

Message details:
  Subject: October
  MAIL FROM: news@acme.example
  RCPT TO: ana@example.com
`,
    ana('user_unknown', true),
  ),
  plain(
    'a gateway whose subject is encoded',
    'From: Scanner_for_SMTP@gw.example.net\nSubject: =?utf-8?B?RGVsaXZlcnkgZmFpbHVyZSBub3RpZmljYXRpb24=?=',
    `
Your message with the subject "October" could not be delivered to

ana@example.com

The address does not exist.
`,
    ana('user_unknown', true),
  ),
  plain(
    'a sender that says so between rules',
    'From: admin@example.com\nSubject: Non-Delivery: October',
    `
--- Report ---
The e-mail below could not be delivered to the following user:

"Ana Lima" <ana@example.com>
`,
    ana('on_hold'),
  ),
  plain(
    'a gateway in French',
    'From: postmaster@gw.example.net\nSubject: Message non remis',
    `
Votre message n'a pas pu être remis à :
ana@example.com
Cette adresse de messagerie n'existe pas.
`,
    ana('user_unknown', true),
  ),
  plain(
    'an Exim that names the sender, too',
    'From: Mail Delivery System <Mailer-Daemon@mx.example.net>\nSubject: Mail delivery failed\nX-Failed-Recipients: ana@example.com',
    `
This message was created automatically by mail delivery software.

A message sent by

  <SRS0+1+acme.example+news@fwd.example.net>

could not be delivered to all of its recipients. The following address(es) failed:

  ana@example.com
    all hosts have been failing for a long time

------ This is a copy of the message, including all the headers. ------

${RETURNED}`,
    ana('expired'),
  ),
  plain(
    'a delivery agent that refuses by notification',
    'From: Mail Delivery Subsystem <postmaster@example.com>\nSubject: Automatically rejected mail\nAuto-Submitted: auto-replied (rejected)\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=disposition-notification; boundary="=b"',
    `
--=b
Content-Type: text/plain; charset=utf-8

Your message to <ana@example.com> was automatically rejected:
Quota exceeded
--=b
Content-Type: message/disposition-notification

Final-Recipient: rfc822; ana@example.com
Disposition: automatic-action/MDN-sent-automatically; deleted

--=b
Content-Type: message/rfc822

${RETURNED}
--=b--
`,
    ana('mailbox_full'),
  ),
  report(
    'a server whose answer has its code before every line',
    `${DAEMON}\nSubject: Undelivered Mail Returned to Sender`,
    dsn(
      'This is the mail system at host mx.example.net.\n\n<ana@example.com>: host mx.example.com[192.0.2.1] said: see below',
      'Final-Recipient: rfc822; ana@example.com\nAction: failed\nStatus: 4.2.1\nDiagnostic-Code: smtp; 450-4.2.1 This one gets mail at a rate that\n 450-4.2.1 prevents additional messages. 450 4.2.1 Try later.',
    ),
    ana('speeding'),
  ),
  plain(
    'a group at Google, in the language of its reader',
    'Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)\nX-Failed-Recipients: ana@example.com',
    `
Die Gruppe "ana" gibt es wohl nicht, oder sie nimmt von hier keine Post an.

Mehr steht unter https://groups.google.com/support/.

----- Original message -----

${RETURNED}`,
    ana('rejected'),
  ),
  {
    ...plain(
      'a server that puts the returned header where the header of the part belongs',
      'Return-Path: <>\nFrom: Mail System <MAILER-DAEMON@mx.example.net>\nSubject: Returned Mail: User unknown\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="=b"',
      `
--=b
Content-Type: text/plain; charset=utf-8

These addresses had delivery errors

ana@example.com [User unknown]

--=b
${RETURNED}
--=b--
`,
      ana('user_unknown', true),
    ),
    original: 'october@acme.example',
  },
  report(
    'a server that says only where on the way the message waits',
    `${DAEMON}\nSubject: Delivery Status Notification (Mail Delivery Delayed)`,
    dsn(
      'These recipients have not yet received your message:\n\nana@example.com; Action: Delayed',
      'Final-Recipient: rfc822; ana@example.com\nAction: Delayed\nStatus: 4.4.0 (other network status)',
    ),
    { ...ana('expired'), action: 'delayed' },
  ),
  plain(
    'a server that names the unknown host of one before the address of the next',
    `${DAEMON}\nSubject: Returned mail: User unknown`,
    `
   ----- Transcript of session follows -----
While talking to mx.example.com:
>>> MAIL From:<news@acme.example>
<<< 501 no access from mail server [192.0.2.1] here
554 <ana@example.com>... Remote protocol error
550 old.example.com (smtp)... 550 Host unknown
554 <bo@example.com>... 550 Host unknown (Authoritative answer from name server)

   ----- Unsent message follows -----
${RETURNED}`,
    ana('blocked'),
    bo('host_unknown', true),
  ),
  plain(
    'qmail, of a sender who was tried first',
    'Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: failure notice',
    `
Hi. This is the qmail-send program at mx.example.net.

<ana@example.com>:
192.0.2.1 does not like recipient.
Remote host said: 550-Verification failed for <news@acme.example>
550-Sent:     RCPT TO:<postmaster@acme.example>
550-Response: 550 <postmaster@acme.example>: User unknown
550 Sender verify failed
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

${RETURNED}`,
    ana('rejected'),
  ),
  plain(
    'WebShield',
    'From: Webshield SMTP Mail Service\nSubject: Returned Mail: Error During Delivery',
    `
    ---- Failed Recipients ----

<ana@example.com>
Mail Loop Detected

    ---- Contents of the undelivered mail ----

${RETURNED}`,
    ana('network_error'),
  ),
  plain(
    'a script that returns the message as mailboxes keep it',
    'Return-Path: <>\nFrom: postmaster@mx.example.net\nSubject: bounce notification\nAuto-Submitted: auto-replied',
    `
The e-mail that you sent was rejected.

reason: Mailbox full
target address: ana@example.com

-----------------------------------
bounced mail:

From news@acme.example  Thu Oct 29 09:00:00 2026
${RETURNED}`,
    ana('mailbox_full'),
  ),
];
