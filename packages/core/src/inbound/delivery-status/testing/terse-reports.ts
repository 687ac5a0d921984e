import { ana, DAEMON, dsn, plain, RETURNED, type ReportFixture, report } from './report-fixture.ts';

/** Reports that say little: what is known of them stands in a field, or is the kind of the field. */
export const TERSE_REPORTS: readonly ReportFixture[] = [
  {
    ...plain(
      'Coremail, which names the message in a field',
      'From: Postmaster@mx.example.net\nSubject: =?utf-8?B?57O757uf6YCA5L+h?=\nX-CM-Original-Message-ID: <october@acme.example>\nContent-Type: text/plain; charset=utf-8',
      `
您的邮件没有送达。
      原邮件：
            主  题 October
            收件人 ana@example.com

      原因:SMTP error, RCPT TO said 550 No such user here
`,
      ana('user_unknown', true),
    ),
    original: 'october@acme.example',
  },
  {
    ...plain(
      'a server that answers to the message and says no more',
      'From: MAILER-DAEMON@mx.example.net\nSubject: Undelivered Mail Returned to Sender\nIn-Reply-To: <october@acme.example>',
      '\nNichts zu machen.\n',
    ),
    original: 'october@acme.example',
  },
  plain(
    'Office 365, in words beside the code of a null MX',
    'Return-Path: <>\nFrom: postmaster@example.com\nSubject: Undeliverable: October',
    "\nYour message to ana@example.com couldn't be delivered.\n\nana wasn't found at example.com.\n\nStatus code: 550 5.1.10\n",
    ana('user_unknown', true),
  ),
  plain(
    'a server that says what became of a colleague',
    'Return-Path: <>\nFrom: postmaster@example.com\nSubject: Delivery failure',
    '\nYour message to <ana@example.com> was rejected:\n\nThis employee no longer works here.\n',
    ana('user_unknown', true),
  ),
  report(
    'Postfix, of a mailbox of its own',
    `${DAEMON}\nSubject: Undelivered Mail Returned to Sender`,
    dsn(
      '<ana@example.com>: unknown user: "ana"',
      'Final-Recipient: rfc822; ana@example.com\nAction: failed\nStatus: 5.0.999\nDiagnostic-Code: X-Postfix; unknown user: "ana"',
    ),
    ana('user_unknown', true),
  ),
  report(
    'Amazon SES, of a rule that the owner of the domain set',
    'Return-Path: <>\nFrom: postmaster@mx.example.net\nSubject: Delivery Status Notification (Failure)',
    dsn(
      'This message could not be delivered.',
      'Final-Recipient: rfc822; ana@example.com\nAction: failed\nStatus: 5.2.0\nRemote-MTA: dns; inbound-smtp.eu-west-1.amazonaws.com\nDiagnostic-Code: smtp; 550 5.2.0 Message Filtered',
    ),
    ana('filtered'),
  ),
  report(
    'Exim, of a mailbox of its own',
    `${DAEMON}\nSubject: Mail delivery failed: returning message to sender\nX-Failed-Recipients: ana@example.com`,
    dsn(
      'This message was created automatically by mail delivery software.\n\nThe following address(es) failed:\n\n  ana@example.com\n    Unknown user',
      'Action: failed\nFinal-Recipient: rfc822;ana@example.com\nStatus: 5.0.0',
    ),
    ana('user_unknown', true),
  ),
  report(
    'Stalwart, of a domain without a server',
    `${DAEMON}\nSubject: Failed to deliver message`,
    dsn(
      "Your message could not be delivered to the following recipients:\n\n<ana@example.com> (failed to lookup 'example.com': Record not found for MX)",
      'Final-Recipient: rfc822;ana@example.com\nAction: failed\nStatus: 5.0.0',
    ),
    ana('host_unknown', true),
  ),
  report(
    'Stalwart, of a certificate',
    `${DAEMON}\nSubject: Failed to deliver message`,
    dsn(
      "Your message could not be delivered to the following recipients:\n\n<ana@example.com> (MTA-STS failed to authenticate 'mx.example.com': not in the policy)",
      'Final-Recipient: rfc822;ana@example.com\nAction: failed\nStatus: 5.0.0',
    ),
    ana('failed_starttls'),
  ),
  plain(
    'SmarterMail, of a domain without a server',
    'From: System Administrator <postmaster@mx.example.net>\nSubject: Delivery Failure',
    `
Could not deliver message to the following recipient(s):

Failed Recipient: ana@example.com
Reason: No MX records were found for the 'example.com' domain.

   -- The header and top 20 lines of the message follows --

${RETURNED}`,
    ana('not_accept', true),
  ),
  plain(
    'hMailServer, of a server that cannot be reached',
    'From: mailer-daemon@mx.example.net\nSubject: Message undeliverable: October',
    `
Your message did not reach some or all of the intended recipients.

The following recipient(s) could not be reached:

ana@example.com
   Error Type: SMTP
   Connection to recipients server failed.
   Error: Host name: mx.example.com, message: the target machine actively refused it
`,
    ana('network_error'),
  ),
  plain(
    'a script that gives the reason below the name',
    'From: MAILER-DAEMON@mx.example.net\nSubject: Delivery Status Notification (Failure)\nX-Failed-Recipients: ana@example.com',
    `
This is a notification that an e-mail could not be delivered to the following recipient:

ana@example.com
Reason: 550 5.1.1 User unknown

${RETURNED}`,
    ana('user_unknown', true),
  ),
];
