import { randomUUID } from 'node:crypto';
import {
  LOGIN,
  notify,
  type Posted,
  signMailgun,
  signResend,
  signSendgrid,
} from './webhook-signatures.ts';

/** One event in words that every provider has. */
export interface GivenEvent {
  readonly kind: 'delivered' | 'bounced' | 'soft' | 'complained' | 'deferred' | 'unsubscribed';
  /** Message-ID of ours, without brackets. */
  readonly about: string;
  readonly to: string;
  /** Epoch ms. */
  readonly at: number;
  /** Of the event. @default a new one */
  readonly id?: string;
}

/** A provider as it signs and writes: the formats that each documents, filled in by us. */
export interface TestProvider {
  readonly name: 'ses' | 'sendgrid' | 'postmark' | 'mailgun' | 'resend';
  /** What it has no event for. */
  readonly lacks: readonly GivenEvent['kind'][];
  /** Signed at `signedAt`, or at the time of the event. */
  post(event: GivenEvent, signedAt?: number): Posted;
}

const NO_USER = '550 5.1.1 No such user here';
const FULL = '452 4.2.2 The mailbox is full';
const words = ({ kind }: GivenEvent) => (kind === 'soft' ? FULL : NO_USER);
const status = ({ kind }: GivenEvent) => (kind === 'soft' ? '4.2.2' : '5.1.1');

const ses: TestProvider = {
  name: 'ses',
  lacks: [],
  post(event, signedAt = event.at) {
    const { kind, to, at, about, id } = event;
    const timestamp = new Date(at).toISOString();
    const mail = {
      timestamp,
      messageId: '0102018f-ses',
      source: 'lifecycle@acme.example',
      destination: [to],
      headersTruncated: false,
      headers: [{ name: 'Message-ID', value: `<${about}>` }],
      commonHeaders: { messageId: `<${about}>` },
    };
    const feedbackId = id ?? randomUUID();
    const bounce = {
      bounceType: kind === 'soft' ? 'Transient' : 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        { emailAddress: to, status: status(event), diagnosticCode: `smtp; ${words(event)}` },
      ],
      ...{ timestamp, feedbackId },
    };
    const bodies = {
      delivered: { eventType: 'Delivery', delivery: { timestamp, recipients: [to] } },
      bounced: { eventType: 'Bounce', bounce },
      soft: { eventType: 'Bounce', bounce },
      complained: {
        eventType: 'Complaint',
        complaint: { complainedRecipients: [{ emailAddress: to }], timestamp, feedbackId },
      },
      deferred: {
        eventType: 'DeliveryDelay',
        deliveryDelay: { delayedRecipients: [{ emailAddress: to }], timestamp },
      },
      unsubscribed: {
        eventType: 'Subscription',
        subscription: { timestamp, newTopicPreferences: { unsubscribeAll: true } },
      },
    };
    return notify({ ...bodies[kind], mail }, signedAt, id);
  },
};

const sendgrid: TestProvider = {
  name: 'sendgrid',
  lacks: [],
  post(event, signedAt = event.at) {
    const { kind, to, at, about, id = randomUUID() } = event;
    const names = {
      ...{ delivered: 'delivered', bounced: 'bounce', soft: 'bounce', deferred: 'deferred' },
      ...{ complained: 'spamreport', unsubscribed: 'unsubscribe' },
    };
    const failure =
      kind === 'bounced' || kind === 'soft'
        ? {
            reason: words(event),
            status: status(event),
            type: kind === 'soft' ? 'blocked' : 'bounce',
          }
        : {};
    return signSendgrid(
      [
        {
          ...{ email: to, timestamp: Math.floor(at / 1_000), event: names[kind], ...failure },
          ...{ 'smtp-id': `<${about}>`, sg_event_id: id, sg_message_id: 'x1.recvd-5f-1.0' },
        },
      ],
      signedAt,
    );
  },
};

/** What a relay of these tests calls a message. */
export function toRelayId(internetMessageId: string): string {
  return internetMessageId.split('@')[0] ?? '';
}

const postmark: TestProvider = {
  name: 'postmark',
  lacks: [],
  post(event) {
    const { kind, to, at, about, id = randomUUID() } = event;
    const time = new Date(at).toISOString();
    const mail = { MessageID: toRelayId(about), Metadata: {} };
    const failure = { Email: to, BouncedAt: time, ID: id, Details: `smtp;${words(event)}` };
    const records = {
      delivered: { RecordType: 'Delivery', Recipient: to, DeliveredAt: time },
      bounced: { RecordType: 'Bounce', Type: 'HardBounce', ...failure },
      soft: { RecordType: 'Bounce', Type: 'SoftBounce', ...failure },
      deferred: { RecordType: 'Bounce', Type: 'Transient', ...failure },
      complained: { RecordType: 'SpamComplaint', Type: 'SpamComplaint', ...failure },
      unsubscribed: {
        ...{ RecordType: 'SubscriptionChange', Recipient: to, ChangedAt: time },
        ...{ SuppressSending: true, SuppressionReason: 'ManualSuppression', Origin: 'Recipient' },
      },
    };
    const login = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64');
    return {
      body: JSON.stringify({ ...records[kind], ...mail }),
      headers: { Authorization: `Basic ${login}` },
    };
  },
};

const mailgun: TestProvider = {
  name: 'mailgun',
  lacks: [],
  post(event, signedAt = event.at) {
    const { kind, to, at, about, id = randomUUID() } = event;
    const isFailure = kind === 'bounced' || kind === 'soft' || kind === 'deferred';
    return signMailgun(
      {
        ...{ event: isFailure ? 'failed' : kind, id, timestamp: at / 1_000, recipient: to },
        ...(isFailure
          ? {
              severity: kind === 'deferred' ? 'temporary' : 'permanent',
              reason: kind === 'bounced' ? 'bounce' : 'generic',
              'delivery-status': { code: Number(words(event).slice(0, 3)), message: words(event) },
            }
          : {}),
        message: { headers: { 'message-id': about } },
      },
      signedAt,
    );
  },
};

const resend: TestProvider = {
  name: 'resend',
  lacks: ['unsubscribed'],
  post(event, signedAt = event.at) {
    const { kind, to, at, about, id = randomUUID() } = event;
    const types = {
      ...{ delivered: 'email.delivered', bounced: 'email.bounced', soft: 'email.bounced' },
      ...{ complained: 'email.complained', deferred: 'email.delivery_delayed' },
      unsubscribed: 'contact.updated',
    };
    const bounce =
      kind === 'bounced'
        ? { type: 'Permanent', subType: 'General', message: NO_USER }
        : { type: 'Transient', subType: 'MailboxFull', message: 'The inbox was full.' };
    const body = JSON.stringify({
      type: types[kind],
      created_at: new Date(at).toISOString(),
      data: {
        ...{ email_id: randomUUID(), from: 'Acme <lifecycle@acme.example>', to: [to] },
        headers: [{ name: 'Message-ID', value: `<${about}>` }],
        ...(kind === 'bounced' || kind === 'soft' ? { bounce } : {}),
      },
    });
    return signResend(body, signedAt, `msg_${id}`);
  },
};

export const PROVIDERS = [ses, sendgrid, postmark, mailgun, resend] as const;
