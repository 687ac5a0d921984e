import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMail } from './delivery-status/testing/report-fixture.ts';
import { REPORTS } from './delivery-status/testing/reports.ts';
import type { InboundMessage } from './inbound-message.ts';
import { CLIENT_REPLIES } from './new-text/testing/client-replies.ts';
import { HTML_REPLIES } from './new-text/testing/html-replies.ts';
import { parseInbound } from './parse-inbound.ts';

const HEAD = 'From: ana@example.com\r\nSubject: Re: x\r\n';
const FIXTURES = [
  ...REPORTS.map(toMail),
  ...CLIENT_REPLIES.map(({ text }) => `${HEAD}\r\n${text.join('\r\n')}`),
  ...HTML_REPLIES.map(({ html }) => `${HEAD}Content-Type: text/html\r\n\r\n${html}`),
];
const PIECES = [
  ...[
    'From: MAILER-DAEMON@x',
    'Return-Path: <>',
    'Subject: failure notice',
    '\r\n\r\n',
    '--=b',
    '--=b--',
  ],
  ...[
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=b"',
    '<a@b>:',
    '  a@b',
  ],
  ...[
    'Content-Type: message/delivery-status',
    'Final-Recipient: rfc822; ',
    'Status: 5.1.1',
    '550 ',
  ],
  ...[
    'Content-Transfer-Encoding: base64',
    '=?iso-2022-jp?b?',
    '\u001b$B',
    '\0',
    '\ud800',
    '>>> RCPT TO:<',
  ],
];

/** Changes a fixture as damage on the way does: bytes, lines, cuts, repeats. */
const mutated = fc
  .record({
    fixture: fc.constantFrom(...FIXTURES),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        drop: fc.nat({ max: 200 }),
        add: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 20 })),
        times: fc.nat({ max: 3 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ edits, fixture }) =>
    edits.reduce((text, { add, at, drop, times }) => {
      const from = Math.floor(at * text.length);
      return text.slice(0, from) + add.repeat(times) + text.slice(from + drop);
    }, fixture),
  );

function check({ deliveryStatus, kind, newText, text }: InboundMessage): void {
  expect(['message', 'delivery_status', 'feedback_report', 'auto_reply']).toContain(kind);
  expect(kind === 'delivery_status').toBe(deliveryStatus !== undefined);
  expect(text.isWellFormed() && newText.isWellFormed()).toBe(true);
  expect(newText.length).toBeLessThanOrEqual(1_000_000);
  const recipients = deliveryStatus?.recipients ?? [];
  expect(recipients.length).toBeLessThanOrEqual(100);
  for (const { action, address, diagnostic = '', permanent } of recipients) {
    expect(address.length).toBeLessThanOrEqual(320);
    expect(diagnostic.length).toBeLessThanOrEqual(1_000);
    if (permanent) expect(action).toBe('failed');
  }
}

describe('parseInbound', () => {
  test('returns for any damage to a report', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (raw) => check(await parseInbound(raw))),
      { numRuns: 12_000 },
    );
  }, 300_000);

  test('returns for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (raw) =>
        check(await parseInbound(raw)),
      ),
      { numRuns: 3_000 },
    );
  }, 300_000);

  test('returns for any lines that reports are made of', async () => {
    const lines = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 30 })), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(lines, async (parts) => check(await parseInbound(parts.join('\r\n')))),
      { numRuns: 5_000 },
    );
  }, 300_000);

  test.each([
    ['addresses', '<a@b.example>: '],
    ['at signs', '@'],
    ['fields', 'Final-Recipient: rfc822; a@b.example\r\n\r\n'],
    ['codes', '550 5.1.1 '],
    ['words that many patterns begin with', 'mailbox user recipient account sender relay spf '],
    ['blank lines', '\r\n'],
    ['boundaries', '--=b\r\n'],
    ['spaces', ' '],
    ['dates', 'until 12/12 back on 1 January bis 3.3. '],
  ])(
    'returns for a long text of %s',
    async (_, piece) => {
      const head =
        'Return-Path: <>\r\nFrom: MAILER-DAEMON@x.example\r\nSubject: failure notice\r\nAuto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="=b"\r\n\r\n--=b\r\n\r\n';
      check(await parseInbound(head + piece.repeat(Math.ceil(300_000 / piece.length))));
    },
    20_000,
  );
});
