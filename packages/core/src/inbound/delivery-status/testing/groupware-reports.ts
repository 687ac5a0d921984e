import { ana, bo, dsn, plain, RETURNED, type ReportFixture, report } from './report-fixture.ts';

/** Reports of groupware and of mail servers on Windows and Java. */
export const GROUPWARE_REPORTS: readonly ReportFixture[] = [
  plain(
    'Exchange 5.5',
    'Return-Path: <>\nFrom: System Administrator <postmaster@example.com>\nSubject: Undeliverable: October\nX-Mailer: Internet Mail Service (5.5.2657.72)',
    `
Your message

  To:      ana@example.com
  Subject: October
  Sent:    Thu, 29 Oct 2026 10:00:00 -0000

did not reach the following recipient(s):

ana@example.com on Thu, 29 Oct 2026 10:00:02 -0000
    The recipient name is not recognized
	The MTS-ID of the original message is: c=us;a= ;p=acme;l=MX0000
    MSEXCH:IMS:ACME:SITE:MX 0 (000C05A6) Unknown Recipient
`,
    ana('user_unknown', true),
  ),
  report(
    'Exchange 2013 in German',
    'Return-Path: <>\nFrom: <postmaster@example.com>\nSubject: Unzustellbar: October\nContent-Language: de-DE',
    dsn(
      `Fehler bei der Nachrichtenzustellung an folgende Empfänger:

ana@example.com

Diagnoseinformationen für Administratoren:

Generierender Server: mx.example.com

ana@example.com
Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'

Ursprüngliche Nachrichtenkopfzeilen:

${RETURNED}`,
      'Final-recipient: RFC822; ana@example.com\nAction: failed\nStatus: 5.1.10\nDiagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    ),
    ana('user_unknown', true),
  ),
  plain(
    'Exchange 2007, words alone',
    'Return-Path: <>\nFrom: postmaster@example.com\nSubject: Undeliverable: October',
    `
Delivery has failed to these recipients or groups:

ana@example.com
The message is too large for the recipient.

Diagnostic information for administrators:

Generating server: mx.example.com

ana@example.com
#550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient ##

Original message headers:

${RETURNED}`,
    ana('exceed_limit'),
  ),
  report(
    'Exchange Online, edge blocking',
    'Return-Path: <>\nFrom: postmaster@example.onmicrosoft.com\nSubject: Undeliverable: October',
    dsn(
      'Your message to ana@example.com could not be delivered.',
      'Final-Recipient: rfc822;ana@example.com\nAction: failed\nStatus: 5.4.1\nDiagnostic-Code: smtp;550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [X.prod.protection.outlook.com]',
    ),
    ana('user_unknown', true),
  ),
  plain(
    'Domino',
    'From: Postmaster@example.com\nSubject: DELIVERY FAILURE: User ana not listed in Domino Directory',
    `
Your message

  Subject: October

was not delivered to:

  ana@example.com

because:

  User ana (ana@example.com) not listed in Domino Directory

`,
    ana('user_unknown', true),
  ),
  plain(
    'Notes',
    'From: Postmaster@example.com\nSubject: Undeliverable message',
    `
------- Failure Reasons  --------

User not listed in public Name & Address Book
ana@example.com

------- Returned Message --------

${RETURNED}`,
    ana('user_unknown', true),
  ),
  plain(
    'Messaging Server',
    'From: Internet Mail Delivery <postmaster@mx.example.net>\nSubject: Delivery Notification: Delivery has failed',
    `
This report relates to a message you sent with the following header fields:

  Message-id: <october@acme.example>
  From: Acme <news@acme.example>
  To: ana@example.com
  Subject: October

Your message cannot be delivered to the following recipients:

  Recipient address: ana@example.com
  Reason: Remote SMTP server has rejected address
  Diagnostic code: smtp;550 5.1.1 <ana@example.com>... User Unknown
  Remote system: dns;mail.example.com (TCP|192.0.2.2|4711|192.0.2.1|25)
`,
    ana('user_unknown', true),
  ),
  plain(
    'IMail',
    'From: "Postmaster" <postmaster@example.com>\nSubject: Undeliverable Mail\nX-Mailer: <SMTP32 v8.22>',
    `
Unknown user: ana@example.com
User mailbox exceeds allowed size: bo@example.com

Original message follows.

${RETURNED}`,
    ana('user_unknown', true),
    bo('mailbox_full'),
  ),
  plain(
    'Apache James',
    'From: postmaster@mx.example.net\nSubject: [BOUNCE]\nMessage-ID: <1.0.JavaMail.james@mx.example.net>',
    `
Unable to deliver the mail. Error message below:
550 5.1.1 <ana@example.com>: Recipient address rejected: User unknown (RCPT TO)

Message details:
  Subject: October
  Sent date: Thu Oct 29 10:00:00 GMT 2026
  MAIL FROM: news@acme.example
  RCPT TO: ana@example.com
  From: Acme <news@acme.example>
  To: ana@example.com
  Size (in bytes): 1024
`,
    ana('user_unknown', true),
  ),
  plain(
    'Exchange Online, in text alone',
    'From: postmaster@outlook.com\nSubject: Undeliverable: October',
    `
Delivery has failed to these recipients or groups:

ana@example.com (ana@example.com)
The system of the recipient rejected it.

Diagnostic information for administrators:

Generating server: mx.example.net
Remote Server returned '550 5.7.1 Client host [192.0.2.1] blocked using a list'
`,
    ana('blocked'),
  ),
  report(
    'Hotmail, with the answer in a field of its own',
    'From: postmaster@hotmail.com\nSubject: Delivery Status Notification (Failure)',
    dsn(
      'Delivery to the following recipients failed.\n\n       ana@example.com\n',
      'Final-Recipient: rfc822; ana@example.com\nAction: failed\nStatus: 5.5.0\nX-Supplementary-Info: < #5.5.0 smtp;550 mailbox unavailable\n (4711:-2147467259)>',
    ),
    ana('user_unknown', true),
  ),
  report(
    'Sun Messaging Server, of a store behind it',
    'From: postmaster@mx.example.net\nSubject: Delivery Notification: Delivery has failed',
    dsn(
      'Your message cannot be delivered to the following recipients:\n\n  Recipient address: @store.example.com:2525@lmtp-daemon\n  Original address: ana@example.com\n  Reason: LMTP transmission failure has occurred\n',
      'Original-recipient: rfc822;ana@example.com\nFinal-recipient: rfc822;@store.example.com:2525@lmtp-daemon\nAction: failed\nStatus: 5.2.2 (LMTP transmission failure has occurred)\nDiagnostic-code: lmtp;552 5.2.2 Over quota',
    ),
    ana('mailbox_full'),
  ),
];
