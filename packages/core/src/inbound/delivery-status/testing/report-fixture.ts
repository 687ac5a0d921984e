/** What one report is expected to say: address, reason, dead or not, action when it is not `failed`. */
export interface ExpectedRecipient {
  readonly address: string;
  readonly reason: string;
  readonly dead?: true;
  readonly action?: string;
}

/** A report as one program writes it; our wording where the format leaves room. */
export interface ReportFixture {
  readonly name: string;
  /** Header fields besides To and Date; MIME fields where the body needs them. */
  readonly header: string;
  readonly body: string;
  readonly expected: readonly ExpectedRecipient[];
  /** Message-ID of the returned message, when it came along. */
  readonly original?: string;
}

/** The bytes of a fixture. */
export function toMail({ header, body }: ReportFixture): string {
  const fields = `${header.trim()}\nTo: news@acme.example\nDate: Thu, 29 Oct 2026 10:00:00 +0000\nMessage-ID: <report@mx.example.net>`;
  return `${fields}\n\n${body.replace(/^\n/, '')}`.replaceAll('\n', '\r\n');
}

/** A message as it comes back. */
export const RETURNED = `Return-Path: <news@acme.example>
From: Acme <news@acme.example>
To: ana@example.com
Subject: October
Message-ID: <october@acme.example>

Hello
`;
const ORIGINAL = 'october@acme.example';

/** A multipart/report of text, status fields and the returned header. */
export function dsn(text: string, status: string): { mime: string; body: string } {
  return {
    mime: 'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="=b"',
    body: `--=b\nContent-Type: text/plain; charset=us-ascii\n\n${text}\n--=b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n${status}\n--=b\nContent-Type: text/rfc822-headers\n\n${RETURNED}\n--=b--\n`,
  };
}

/** A report with fields. */
export function report(
  name: string,
  header: string,
  parts: { mime: string; body: string },
  ...expected: readonly ExpectedRecipient[]
): ReportFixture {
  return {
    name,
    header: `${header}\n${parts.mime}`,
    body: parts.body,
    expected,
    original: ORIGINAL,
  };
}

/** A report in words. */
export function plain(
  name: string,
  header: string,
  body: string,
  ...expected: readonly ExpectedRecipient[]
): ReportFixture {
  const original = body.includes(RETURNED) ? { original: ORIGINAL } : {};
  return { name, header, body, expected, ...original };
}

/** The first recipient. */
export const ana = (reason: string, dead?: true): ExpectedRecipient => ({
  address: 'ana@example.com',
  reason,
  ...(dead === undefined ? {} : { dead }),
});
/** The second recipient. */
export const bo = (reason: string, dead?: true): ExpectedRecipient => ({
  ...ana(reason, dead),
  address: 'bo@example.com',
});
/** The header that most daemons write. */
export const DAEMON = 'Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net (Mail Delivery System)';
