import { describe, expect, test } from 'vitest';
import { parseInbound } from './parse-inbound.ts';

const HEADER = 'To: news@acme.example\nDate: Thu, 29 Oct 2026 10:00:00 +0000';
const ORIGINAL =
  'From: news@acme.example\nTo: ana@example.com\nMessage-ID: <october@acme.example>\nSubject: October\n\nHello\n';

function arf(fields: string, original = ORIGINAL): string {
  return `From: fbl@provider.example\n${HEADER}\nSubject: FW: October\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: text/plain\n\nThis is an email abuse report.\n\n--b\nContent-Type: message/feedback-report\n\n${fields}\n\n--b\nContent-Type: message/rfc822\n\n${original}\n--b--\n`;
}

async function read(raw: string) {
  const { feedbackReport, kind } = await parseInbound(raw);
  return { kind, ...feedbackReport };
}

describe('a complaint', () => {
  test('in the Abuse Reporting Format gives its fields', async () => {
    const fields =
      'Feedback-Type: abuse\nUser-Agent: SomeLoop/1.0\nVersion: 1\nOriginal-Mail-From: <news@acme.example>\nOriginal-Rcpt-To: <ana@example.com>\nArrival-Date: Thu, 29 Oct 2026 09:00:00 GMT';
    expect(await read(arf(fields))).toEqual({
      kind: 'feedback_report',
      type: 'abuse',
      userAgent: 'SomeLoop/1.0',
      originalRecipient: 'ana@example.com',
      originalInternetMessageId: 'october@acme.example',
      originalMailFrom: 'news@acme.example',
      arrivalDate: Date.UTC(2026, 9, 29, 9),
    });
  });

  test.each(['fraud', 'virus', 'not-spam', 'auth-failure', 'other'])(
    'keeps the type %s',
    async (type) => {
      expect(await read(arf(`Feedback-Type: ${type}\nUser-Agent: x\nVersion: 1`))).toMatchObject({
        type,
      });
    },
  );

  test('with a redacted recipient has none', async () => {
    const original = ORIGINAL.replace('To: ana@example.com', 'To: [redacted]');
    const report = await read(arf('Feedback-Type: abuse\nUser-Agent: x\nVersion: 1', original));
    expect(report).not.toHaveProperty('originalRecipient');
    expect(report).toMatchObject({ originalInternetMessageId: 'october@acme.example' });
  });

  test('of Microsoft, which uses a form of its own, is one', async () => {
    const raw = `From: staff@hotmail.com\n${HEADER}\nSubject: complaint about message from 192.0.2.1\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: ana@example.com\n${ORIGINAL}\n--b--\n`;
    expect(await read(raw)).toMatchObject({
      kind: 'feedback_report',
      type: 'abuse',
      originalRecipient: 'ana@example.com',
      originalInternetMessageId: 'october@acme.example',
    });
  });

  test('of Microsoft may come by way of another address', async () => {
    const raw = (mark: string) =>
      `From: loop@relay.example\n${HEADER}\nSubject: complaint about message from 192.0.2.1\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n${mark}${ORIGINAL}\n--b--\n`;
    expect(await read(raw('X-HmXmrOriginalRecipient: <ana@example.com>\n'))).toMatchObject({
      kind: 'feedback_report',
      originalRecipient: 'ana@example.com',
    });
    expect(await read(raw(''))).toEqual({ kind: 'message' });
  });

  test('with a name that AOL took away has no recipient', async () => {
    const original = ORIGINAL.replace('ana@example.com', 'redacted@aol.example');
    expect(
      await read(arf('Feedback-Type: abuse\nUser-Agent: x\nVersion: 1', original)),
    ).not.toHaveProperty('originalRecipient');
  });

  test('of SpamCop is one, with the message in its text', async () => {
    const raw = (mark: string) =>
      `From: 4711@reports.spamcop.example\n${HEADER}\n${mark}Subject: [SpamCop (192.0.2.1) id:4711]October\n\nMail from 192.0.2.1\n\n[ Offending message ]\n${ORIGINAL}`;
    expect(await read(raw('X-SpamCop-sourceip: 192.0.2.1\n'))).toMatchObject({
      kind: 'feedback_report',
      type: 'abuse',
      userAgent: 'SpamCop',
      originalInternetMessageId: 'october@acme.example',
    });
    expect(await read(raw(''))).toEqual({ kind: 'message' });
  });

  test("by the button in Apple's mail program is an opt-out", async () => {
    const raw = `From: Ana <ana@example.com>\n${HEADER}\nSubject: unsubscribe\nX-Apple-Unsubscribe: true\n\n`;
    expect(await read(raw)).toMatchObject({
      type: 'opt-out',
      originalRecipient: 'ana@example.com',
    });
  });

  test('that Amazon SES sends as JSON is one, and so is its bounce', async () => {
    const mail = { commonHeaders: { messageId: '<october@acme.example>' } };
    const send = (event: object) =>
      parseInbound(
        `From: AWS Notifications <no-reply@sns.amazonaws.com>\n${HEADER}\nSubject: AWS Notification Message\n\n${JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event) })}\n\n--\nTo stop, visit the link\n`,
      );
    const complaint = await send({
      notificationType: 'Complaint',
      mail,
      complaint: {
        complainedRecipients: [{ emailAddress: 'ana@example.com' }],
        complaintFeedbackType: 'abuse',
        userAgent: 'Loop/2',
      },
    });
    expect(complaint.feedbackReport).toEqual({
      type: 'abuse',
      userAgent: 'Loop/2',
      originalRecipient: 'ana@example.com',
      originalInternetMessageId: 'october@acme.example',
    });
    const bounce = await send({
      notificationType: 'Bounce',
      mail,
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [
          {
            emailAddress: 'ana@example.com',
            action: 'failed',
            status: '5.1.1',
            diagnosticCode: 'smtp; 550 5.1.1 user unknown',
          },
        ],
      },
    });
    expect(bounce.kind).toBe('delivery_status');
    expect(bounce.deliveryStatus?.recipients).toMatchObject([
      { address: 'ana@example.com', reason: 'user_unknown', permanent: true, replyCode: 550 },
    ]);
  });

  test('is not what a person writes about one', async () => {
    const raw = `From: Ana <ana@example.com>\n${HEADER}\nSubject: complaint about message from Bo\n\nFeedback-Type: abuse\n`;
    expect((await parseInbound(raw)).kind).toBe('message');
  });
});
