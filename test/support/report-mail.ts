import { randomUUID } from 'node:crypto';

/** What {@link deliveryReport} says. */
export interface GivenReport {
  /** Message-ID of the mail that came back, without brackets. */
  readonly about: string;
  readonly to?: string;
  /** What the sender named the envelope. */
  readonly envelopeId?: string;
  /** X-Mailwarden-Id of the mail that came back. */
  readonly mailwardenId?: string;
  readonly recipients: readonly {
    readonly address: string;
    readonly action?: string;
    readonly status?: string;
    readonly diagnostic?: string;
  }[];
}

/** A report as RFC 3464 has it, the header of the mail that came back included. */
export function deliveryReport(report: GivenReport): string {
  const { about, recipients, to = SUPPORT, envelopeId, mailwardenId } = report;
  const groups = recipients.map(({ address, action = 'failed', status, diagnostic }) => [
    `Final-Recipient: rfc822; ${address}`,
    `Action: ${action}`,
    `Status: ${status ?? (action === 'failed' ? '5.1.1' : '2.0.0')}`,
    ...(action === 'failed' ? [`Diagnostic-Code: smtp; ${diagnostic ?? NO_SUCH_USER}`] : []),
    '',
  ]);
  const parts = [
    ['Content-Type: text/plain', '', 'This is the mail system at mx.example.com.', ''],
    [
      ...['Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.com'],
      ...(envelopeId === undefined ? [] : [`Original-Envelope-Id: ${envelopeId}`]),
      '',
    ],
  ];
  parts[1]?.push(...groups.flat());
  return multipart(
    {
      From: 'MAILER-DAEMON@mx.example.com',
      To: to,
      Subject: 'Undelivered Mail Returned to Sender',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary="b1"',
      'Return-Path': '<>',
    },
    [...parts, original('text/rfc822-headers', about, mailwardenId)],
  );
}

/** What {@link complaint} says. */
export interface GivenComplaint {
  readonly about: string;
  readonly to?: string;
  /** @default abuse */
  readonly type?: string;
  /** Absent: redacted, as most providers do. */
  readonly recipient?: string;
  /** Whom the mail was from, on the envelope. */
  readonly mailFrom?: string;
}

/** A complaint in the Abuse Reporting Format (RFC 5965). */
export function complaint(given: GivenComplaint): string {
  const { about, to = SUPPORT, type, recipient, mailFrom } = given;
  return multipart(
    {
      From: 'feedback@provider.example',
      To: to,
      Subject: 'Complaint about a message',
      'Content-Type': 'multipart/report; report-type=feedback-report; boundary="b1"',
    },
    [
      ['Content-Type: text/plain', '', 'This is a report on a message.', ''],
      [
        'Content-Type: message/feedback-report',
        '',
        `Feedback-Type: ${type ?? 'abuse'}`,
        'User-Agent: Feedback/1.0',
        'Version: 1',
        ...(mailFrom === undefined ? [] : [`Original-Mail-From: <${mailFrom}>`]),
        ...(recipient === undefined ? [] : [`Original-Rcpt-To: <${recipient}>`]),
        '',
      ],
      original('message/rfc822', about),
    ],
  );
}

/** What a person or a program writes back. */
export function answer(
  fields: Readonly<Record<string, string>>,
  body: string,
  about?: string,
): string {
  const reference = about === undefined ? {} : { 'In-Reply-To': `<${about}>` };
  const all = { To: SUPPORT, Subject: 'Re: News', ...reference, ...fields };
  return `${head({ 'Content-Type': 'text/plain; charset=utf-8', ...all })}\r\n\r\n${body}\r\n`;
}

const SUPPORT = 'support@acme.example';
const NO_SUCH_USER = '550 5.1.1 No such user here';

function original(type: string, about: string, mailwardenId?: string): readonly string[] {
  const header = ['From: support@acme.example', 'Subject: News', `Message-ID: <${about}>`];
  const own = mailwardenId === undefined ? [] : [`X-Mailwarden-Id: ${mailwardenId}`];
  return [`Content-Type: ${type}`, '', ...header, ...own, ''];
}

function multipart(
  fields: Readonly<Record<string, string>>,
  parts: readonly (readonly string[])[],
): string {
  const body = parts.map((lines) => `--b1\r\n${lines.join('\r\n')}`).join('\r\n');
  return `${head(fields)}\r\n\r\n${body}\r\n--b1--\r\n`;
}

function head(fields: Readonly<Record<string, string>>): string {
  const all = {
    'Message-ID': `<${randomUUID()}@mx.example.com>`,
    'MIME-Version': '1.0',
    ...fields,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n');
}
