import { describe, expect, test } from 'vitest';
import { parseInbound } from './parse-inbound.ts';

// By the square of their length each of these takes longer than any test may.
describe('mail that is made to take long', () => {
  test('brackets behind a recipient take time by their number', async () => {
    const brackets = '>'.repeat(200_000);
    const { deliveredTo } = await parseInbound(
      `Delivered-To: <ana@acme.example>\nDelivered-To: ${brackets}x\nFrom: a@b.example\n\nHi\n`,
    );
    expect(deliveredTo).toEqual(['ana@acme.example']);
  });

  test.each([' ', '\t', '\n', ' \n', '=', 'QUJD ', '*', '\u00a0'])(
    'a file of a run of %j takes time by its length',
    async (piece) => {
      const head = 'From: ana@example.com\nContent-Type: application/pdf\n';
      const run = piece.repeat(100_000 / piece.length);
      for (const body of [`QUJD${run}*`, `*${run}`, `QUJD${run}=${run}`]) {
        const { from } = await parseInbound(
          `${head}Content-Transfer-Encoding: base64\n\n${body}\n`,
        );
        expect(from?.address).toBe('ana@example.com');
      }
    },
  );

  test('spaces in a report take time by their number', async () => {
    const { deliveryStatus } = await parseInbound(
      `From: MAILER-DAEMON@mx.example.com
Return-Path: <>
To: support@acme.example
Subject: Undelivered Mail Returned to Sender

This is the mail system at mx.example.com.

<ana@example.com>: 550 5.1.1 No such user
${' '.repeat(1_000_000)}x
Received: from acme.example
`,
    );
    expect(deliveryStatus?.recipients).toMatchObject([{ address: 'ana@example.com' }]);
  });

  test('parts without end are not taken apart either', async () => {
    const message = await parseInbound(
      `From: ana@example.com\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(400_000)}`,
    );
    expect(message.defects).toContain('mime_unreadable');
    expect(message.from?.address).toBe('ana@example.com');
  });

  test.each(['1', 'a', '5.1.1 ', 'a@'])(
    'a field of a report with a run of %j takes time by its length',
    async (piece) => {
      const run = piece.repeat(1_000_000 / piece.length);
      const { deliveryStatus } = await parseInbound(
        `From: MAILER-DAEMON@mx.example.com
Return-Path: <>
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

It could not be delivered.
--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; ana@example.com
Action: failed
Status: 5.1.1 ${run}
Diagnostic-Code: smtp; 550 5.1.1 No such user ${run}
Remote-MTA: dns; ${run}
X-Actual-Recipient: rfc822; ${run}

--b--
`,
      );
      expect(deliveryStatus?.recipients).toMatchObject([{ address: 'ana@example.com' }]);
    },
  );

  test('lines without end are not taken apart; who wrote, and what, is read', async () => {
    const message = await parseInbound(
      `From: ana@example.com\nSubject: News\nContent-Type: text/plain; charset=koi8-r\n\nHello${'\n'.repeat(3_000_000)}`,
    );
    expect(message).toMatchObject({
      subject: 'News',
      defects: expect.arrayContaining(['mime_unreadable']),
    });
    expect(message.from?.address).toBe('ana@example.com');
    expect(message.newText).toBe('Hello');
  });
});
