import { describe, expect, it } from 'vitest';
import {
  signMailgun,
  signResend,
  signSendgrid,
  webhookOptions,
} from '../../../../../test/support/webhook-signatures.ts';
import type { ProviderEvent } from '../provider-event.ts';
import type { WebhookReader } from '../webhook-post.ts';
import { readMailgun } from './mailgun.ts';
import { readPostmark } from './postmark.ts';
import { readResend } from './resend.ts';
import { readSendgrid } from './sendgrid.ts';
import { toSesEvents } from './ses-events.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const options = webhookOptions({ fetch });

/** What an event comes to, in few words. */
function tell({ kind, failure }: ProviderEvent): string {
  if (failure === undefined) return kind;
  return `${kind} ${failure.reason}${failure.permanent ? ' dead' : ''}`;
}

async function read(
  reader: WebhookReader,
  { body, headers }: { body: string; headers: Readonly<Record<string, string>> },
): Promise<readonly string[]> {
  const post = { headers: new Headers(headers), body: Buffer.from(body), at: NOW };
  return (await reader(post)).events.map(tell);
}

describe('what a failure of Amazon SES comes to', () => {
  const bounce = (bounceType: string, bounceSubType: string, said: object = {}) => {
    const bouncedRecipients = [{ emailAddress: 'ana@example.com', ...said }];
    const event = {
      notificationType: 'Bounce',
      bounce: { bounceType, bounceSubType, bouncedRecipients },
    };
    return toSesEvents({ Message: JSON.stringify(event), MessageId: 'm' }).map(tell);
  };

  it.each([
    ['Permanent', 'General', 'user_unknown dead'],
    ['Permanent', 'NoEmail', 'user_unknown dead'],
    ['Permanent', 'Suppressed', 'user_unknown dead'],
    ['Permanent', 'OnAccountSuppressionList', 'user_unknown dead'],
    ['Transient', 'General', 'undefined'],
    ['Transient', 'MailboxFull', 'mailbox_full'],
    ['Transient', 'MessageTooLarge', 'mesg_too_big'],
    ['Transient', 'ContentRejected', 'policy_violation'],
    ['Undetermined', 'Undetermined', 'undefined'],
  ])('%s %s: %s', (type, subType, expected) => {
    expect(bounce(type, subType)).toEqual([`bounced ${expected}`]);
  });

  it('what the server said comes before the word of Amazon', () => {
    const diagnosticCode = 'smtp; 550 5.7.1 Message rejected as spam by content filter';
    const said = { diagnosticCode, status: '5.7.1' };
    expect(bounce('Permanent', 'General', said)).toEqual(['bounced spam_detected']);
    const unknown = { diagnosticCode: 'smtp; 550 5.1.1 user unknown', status: '5.1.1' };
    expect(bounce('Undetermined', 'General', unknown)).toEqual(['bounced user_unknown dead']);
  });

  it('a rejected message is a virus; not-spam is told as it is; other posts are no events', () => {
    const events = (event: unknown) =>
      toSesEvents({ Message: typeof event === 'string' ? event : JSON.stringify(event) });
    const mail = { destination: ['ana@example.com'], messageId: 'id' };
    const reject = { eventType: 'Reject', reject: { reason: 'Bad content' }, mail };
    expect(events(reject).map(tell)).toEqual(['rejected virus_detected']);
    const complaint = {
      complaintFeedbackType: 'not-spam',
      complainedRecipients: [{ emailAddress: 'a@example.com' }],
    };
    expect(events({ eventType: 'Complaint', complaint })).toMatchObject([{ feedback: 'not-spam' }]);
    expect(events('Successfully validated SNS topic for Amazon SES event publishing.')).toEqual([]);
    expect(events({ eventType: 'Open', mail })).toEqual([]);
    expect(events('{"eventType":"__proto__"}')).toEqual([]);
  });
});

describe('what a failure of SendGrid comes to', () => {
  const event = (given: object) =>
    read(
      readSendgrid(options.sendgrid),
      signSendgrid([{ sg_event_id: 'e', email: 'ana@example.com', ...given }], NOW),
    );

  it.each([
    [{ event: 'bounce', type: 'bounce', reason: '550 5.1.1 no such user' }, 'user_unknown dead'],
    [{ event: 'bounce', type: 'blocked', reason: 'unable to get mx info' }, 'undefined'],
    [{ event: 'bounce', type: 'bounce', bounce_classification: 'Technical' }, 'system_error'],
    [
      { event: 'bounce', type: 'bounce', bounce_classification: 'Invalid Address' },
      'user_unknown dead',
    ],
    [{ event: 'bounce', type: 'blocked', bounce_classification: 'Reputation' }, 'bad_reputation'],
    [{ event: 'bounce', type: 'expired' }, 'expired'],
  ])('%o: %s', async (given, expected) => {
    expect(await event(given)).toEqual([`bounced ${expected}`]);
  });

  it.each([
    ['Bounced Address', 'rejected user_unknown dead'],
    ['Invalid', 'rejected user_unknown dead'],
    ['Spam Reporting Address', 'complained'],
    ['Unsubscribed Address', 'unsubscribed'],
    ['Spam Content', 'rejected spam_detected'],
    ['Recipient List over Package Quota', 'rejected policy_violation'],
  ])('dropped for %s: %s', async (reason, expected) => {
    expect(await event({ event: 'dropped', reason })).toEqual([expected]);
  });

  it('events of other kinds, and lists of anything, are none', async () => {
    const posted = [1, null, 'x', [], { event: 'open', sg_event_id: 'o' }, { event: 'bounce' }];
    expect(await read(readSendgrid(options.sendgrid), signSendgrid(posted, NOW))).toEqual([]);
  });
});

describe('what a failure of Mailgun comes to', () => {
  it.each([
    [{ severity: 'permanent', reason: 'bounce' }, 'bounced user_unknown dead'],
    [{ severity: 'permanent', reason: 'suppress-bounce' }, 'rejected user_unknown dead'],
    [{ severity: 'permanent', reason: 'suppress-complaint' }, 'complained'],
    [{ severity: 'permanent', reason: 'suppress-unsubscribe' }, 'unsubscribed'],
    [{ severity: 'permanent', reason: 'old' }, 'bounced expired'],
    [{ severity: 'temporary', reason: 'generic' }, 'deferred'],
    [
      {
        severity: 'permanent',
        reason: 'generic',
        'delivery-status': { code: 552, message: '5.2.2 Mailbox is full' },
      },
      'bounced mailbox_full',
    ],
  ])('%o: %s', async (given, expected) => {
    const data = { event: 'failed', recipient: 'ana@example.com', ...given };
    expect(await read(readMailgun(options.mailgun), signMailgun(data, NOW))).toEqual([expected]);
  });
});

describe('what a failure of Postmark comes to', () => {
  const { username, password } = options.postmark.credentials[0] ?? { username: '', password: '' };
  const headers = {
    Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
  };

  it.each([
    ['HardBounce', ['bounced user_unknown dead']],
    ['SoftBounce', ['bounced undefined']],
    ['Blocked', ['bounced blocked']],
    ['SpamNotification', ['bounced spam_detected']],
    ['DnsError', ['deferred']],
    ['Unsubscribe', ['unsubscribed']],
    ['SpamComplaint', ['complained']],
    ['AutoResponder', []],
    ['Subscribe', []],
  ])('%s: %j', async (Type, expected) => {
    const body = { RecordType: 'Bounce', Type, ID: 1, Email: 'ana@example.com', MessageID: 'm' };
    const posted = { ...body, BouncedAt: new Date(NOW).toISOString() };
    const reader = readPostmark(options.postmark);
    expect(await read(reader, { body: JSON.stringify(posted), headers })).toEqual(expected);
  });
});

describe('what a failure of Resend comes to', () => {
  it.each([
    ['email.bounced', { type: 'Permanent', subType: 'General' }, 'bounced user_unknown dead'],
    ['email.bounced', { type: 'Permanent', subType: 'Suppressed' }, 'bounced user_unknown dead'],
    ['email.bounced', { type: 'Transient', subType: 'MailboxFull' }, 'bounced mailbox_full'],
    ['email.suppressed', {}, 'rejected user_unknown dead'],
    ['email.failed', {}, 'rejected system_error'],
  ])('%s %o: %s', async (type, bounce, expected) => {
    const body = JSON.stringify({ type, data: { to: ['Ana <ana@example.com>'], bounce } });
    const reader = readResend(options.resend);
    expect(await read(reader, signResend(body, NOW, 'm'))).toEqual([expected]);
  });
});
