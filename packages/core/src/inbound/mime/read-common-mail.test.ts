import fc from 'fast-check';
import type { Email } from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { inboundMail } from '../../../../../test/bench/support/inbound-mail.ts';
import { toMail } from '../delivery-status/testing/report-fixture.ts';
import { REPORTS } from '../delivery-status/testing/reports.ts';
import { readAnyMail } from './read-any-mail.ts';
import { type ReadMail, readCommonMail } from './read-common-mail.ts';

/** What the library gives, without what nobody reads. */
async function expected(raw: string | Buffer) {
  const email: Partial<Omit<Email, 'attachments'>> & ReadMail = await readAnyMail(
    typeof raw === 'string' ? Buffer.from(raw) : raw,
  );
  const { headerLines: _, sender: _s, deliveredTo: _d, returnPath: _r, bcc: _b, ...read } = email;
  const attachments = (read.attachments ?? []).map(
    ({ related: _rel, description: _desc, content, ...part }) => ({
      ...part,
      content: Buffer.from(content as ArrayBuffer).toString('hex'),
    }),
  );
  return { ...read, attachments };
}

function given(raw: string | Buffer) {
  const mail = readCommonMail(typeof raw === 'string' ? Buffer.from(raw) : raw);
  if (mail === undefined) return undefined;
  const attachments = mail.attachments.map(({ content, ...part }) => ({
    ...part,
    content: Buffer.from(content as Uint8Array).toString('hex'),
  }));
  return { ...mail, attachments };
}

const name = fc.constantFrom('Content-Type', 'content-type', 'Subject', 'From', 'To', 'Date', 'X');
const value = fc.constantFrom(
  'text/plain',
  'text/html; charset=utf-8',
  'multipart/mixed; boundary=b',
  'multipart/alternative; boundary="b"',
  'multipart/alternative;\r\n boundary="c"',
  'text/plain; charset="us-ascii"; format=flowed',
  'text/plain; name="a b.txt"; name=c',
  'application/pdf; name="=?utf-8?B?w6kucGRm?="',
  'text/calendar; method=REQUEST',
  'text/csv; charset=Shift_JIS',
  'text/x-log; charset=""',
  'message/rfc822',
  'message/delivery-status',
  'message/feedback-report',
  'multipart/report; report-type=delivery-status; boundary=b',
  'text/plain (a comment); charset=utf-8',
  "text/plain; name*=utf-8''%C3%A9",
  'Ana <ana@example.com>, team: bob@example.com;',
  '=?utf-8?Q?caf=C3=A9?= =?utf-8?Q?_au_lait?=',
  'Mon, 5 Oct 2026 10:00:00 +0200',
  '',
);
const field = fc.tuple(name, value).map(([key, text]) => `${key}: ${text}`);
const encoding = fc.constantFrom(
  ...['', 'Content-Transfer-Encoding: base64', 'Content-Transfer-Encoding: quoted-printable'],
  ...['Content-Transfer-Encoding: 8bit', 'Content-Transfer-Encoding: x-uuencode'],
  ...['Content-Disposition: attachment; filename=a.txt', 'Content-ID: <a@b>', ' folded', 'odd'],
);
const line = fc.oneof(
  fc.constantFrom('', '--b', '--b--', '--c', '--c--', '--b ', '--bb', 'SGVsbG8=', 'SGk', '=\r'),
  fc.constantFrom('a =C3=A9 =', '=zz =4', 'caf\u00e9', '> quoted', 'SG=Vs', '\u00ff', 'x\ry'),
  field,
  encoding,
);
const mail = fc
  .tuple(fc.array(fc.oneof(field, encoding), { maxLength: 5 }), fc.array(line, { maxLength: 14 }))
  .chain(([head, body]) =>
    fc.constantFrom('\r\n', '\n').map((end) => [...head, '', ...body].join(end)),
  );

/** Two forms of a text and an attachment, as clients write them. */
const common = fc
  .tuple(fc.array(line, { maxLength: 3 }), fc.array(line, { maxLength: 3 }), encoding, encoding)
  .map(([plain, html, one, two]) =>
    [
      ...[
        'From: Ana <ana@example.com>',
        'Subject: Hi',
        'Content-Type: multipart/mixed; boundary=b',
      ],
      ...[
        '',
        '--b',
        'Content-Type: multipart/alternative; boundary=c',
        '',
        '--c',
        one,
        '',
        ...plain,
      ],
      ...['--c', 'Content-Type: text/html', two, '', ...html, '--c--', '', '--b', two, ''],
      ...['SGVsbG8gd29ybGQ=', '--b--', ''],
    ].join('\r\n'),
  );

/** What a server returns, with or without the part that says that it is a report. */
const report = fc
  .tuple(
    fc.constantFrom('message/delivery-status', 'message/feedback-report', 'text/csv'),
    fc.constantFrom(
      'message/rfc822',
      'text/rfc822-headers',
      'message/partial',
      'message/rfc822;x=y',
    ),
    fc.array(line, { maxLength: 4 }),
    fc.tuple(encoding, encoding),
  )
  .map(([status, returned, lines, [one, two]]) =>
    [
      ...['From: MAILER-DAEMON@example.com', 'Content-Type: multipart/report; boundary=b', ''],
      ...['--b', 'Content-Type: text/plain', '', 'It could not be delivered.', '--b'],
      ...[`Content-Type: ${status}`, one, '', 'Action: failed', ...lines, '--b'],
      ...[`Content-Type: ${returned}`, two, '', 'Subject: Hi', '', ...lines, '--b--', ''],
    ].join('\r\n'),
  );

describe('common mail', () => {
  test('reads what a support mailbox gets without the library', async () => {
    const mails = Array.from({ length: 20 }, (_, index) => inboundMail(index));
    const read = mails.filter((raw) => given(raw) !== undefined);
    expect(read).toHaveLength(20);
    for (const raw of read) expect(given(raw)).toEqual(await expected(raw));
  });

  test('reads reports as the library does, as far as it reads them', async () => {
    for (const fixture of REPORTS) {
      const raw = toMail(fixture);
      const own = given(raw);
      if (own !== undefined) expect(own).toEqual(await expected(raw));
    }
  });

  test('reads any mail as the library does, or leaves it to it', async () => {
    let read = 0;
    const check = async (raw: string) => {
      const own = given(raw);
      if (own === undefined) return;
      read += 1;
      expect(own).toEqual(await expected(raw));
    };
    await fc.assert(fc.asyncProperty(mail, check), { numRuns: 2_000 });
    await fc.assert(fc.asyncProperty(common, check), { numRuns: 1_000 });
    expect(read).toBeGreaterThan(500);
    read = 0;
    await fc.assert(fc.asyncProperty(report, check), { numRuns: 500 });
    expect(read).toBeGreaterThan(100);
  });

  test('reads an attachment of several pieces, and leaves what is damaged in one of them', async () => {
    const bytes = Buffer.alloc(2_400_000, 'a film').toString('base64');
    const lines = bytes.replaceAll(/.{76}/g, '$&\r\n');
    const toFilm = (text: string) =>
      `Content-Type: video/mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n${text}`;
    expect(given(toFilm(lines))).toEqual(await expected(toFilm(lines)));
    for (const at of [10, 1_048_576, 3_000_000]) {
      const damaged = (odd: string) => toFilm(lines.slice(0, at) + odd + lines.slice(at));
      expect(given(damaged('=='))).toBeUndefined();
      expect(given(damaged('*'))).toBeUndefined();
      // Blanks are no damage.
      expect(given(damaged(' \t'))).toEqual(given(toFilm(lines)));
    }
    const padded = `${'QUJD'.repeat(262_143)}QQ==`;
    expect(given(toFilm(padded))).toEqual(await expected(toFilm(padded)));
    expect(given(toFilm(`${padded}QUJD`))).toBeUndefined();
  });
});
