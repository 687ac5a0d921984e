import {
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
} from 'node:crypto';
import { makeCertificate } from './make-certificate.ts';

/** What stands in a request. */
export interface Posted {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:mail-events';
export const CERTIFICATE_URL =
  'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem';

const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const YEAR = 365 * 86_400_000;
const amazon = makeCertificate(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1) + YEAR);
const SIGNING_KEY = randomBytes(16).toString('hex');
const SVIX_KEY = randomBytes(24);
export const LOGIN = { username: 'mailwarden', password: randomBytes(16).toString('hex') };

/** What was asked of Amazon, and what it answers. */
export interface TestAmazon {
  readonly asked: string[];
  readonly fetch: typeof fetch;
}

/** Amazon's side: gives its certificate and takes confirmations. */
export function startAmazon(answer: { status: number } = { status: 200 }): TestAmazon {
  const asked: string[] = [];
  return {
    asked,
    fetch: (input) => {
      const url = String(input);
      asked.push(url);
      const text = url.endsWith('.pem') ? amazon.pem : '<ConfirmSubscriptionResponse/>';
      return Promise.resolve(new Response(text, answer));
    },
  };
}

/** The option `webhooks` that fits. */
export function webhookOptions({ fetch }: Pick<TestAmazon, 'fetch'>) {
  const publicKey = ec.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    ses: { topics: [TOPIC], fetch },
    sendgrid: { publicKeys: [publicKey] },
    postmark: { credentials: [LOGIN] },
    mailgun: { signingKeys: [SIGNING_KEY] },
    resend: { secrets: [`whsec_${SVIX_KEY.toString('base64')}`] },
  };
}

/** Signs as SNS does: version 2 unless told. */
export function signSns(
  members: Readonly<Record<string, string>>,
  { version = '2', key = amazon.privateKey }: { version?: '1' | '2'; key?: KeyObject } = {},
): Posted {
  const ordered = Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = ordered.map(([name, value]) => `${name}\n${value}\n`).join('');
  const signature = sign(version === '1' ? 'sha1' : 'sha256', Buffer.from(text), key);
  const Signature = signature.toString('base64');
  const extra = { SignatureVersion: version, Signature, SigningCertURL: CERTIFICATE_URL };
  return {
    body: JSON.stringify({ ...members, ...extra }),
    headers: { 'x-amz-sns-message-type': members.Type ?? '' },
  };
}

/** A notification with an event of SES in it. */
export function notify(event: unknown, at: number, id: string = randomUUID()): Posted {
  return signSns({
    Type: 'Notification',
    MessageId: id,
    TopicArn: TOPIC,
    Subject: 'Amazon SES Email Event Notification',
    Message: JSON.stringify(event),
    Timestamp: new Date(at).toISOString(),
  });
}

/** Signs a list of events as SendGrid does. */
export function signSendgrid(events: readonly unknown[], signedAt: number): Posted {
  const body = JSON.stringify(events);
  const timestamp = String(Math.floor(signedAt / 1_000));
  const signature = sign('sha256', Buffer.from(timestamp + body), ec.privateKey);
  return {
    body,
    headers: {
      'X-Twilio-Email-Event-Webhook-Signature': signature.toString('base64'),
      'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
    },
  };
}

/** Signs as Mailgun does: not the body. */
export function signMailgun(
  data: unknown,
  signedAt: number,
  token: string = randomBytes(25).toString('hex'),
): Posted {
  const timestamp = String(Math.floor(signedAt / 1_000));
  const signature = createHmac('sha256', SIGNING_KEY)
    .update(timestamp + token)
    .digest('hex');
  return {
    body: JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': data }),
    headers: { 'Content-Type': 'application/json' },
  };
}

/** Signs as Svix does. */
export function signResend(body: string, signedAt: number, id: string): Posted {
  const timestamp = String(Math.floor(signedAt / 1_000));
  const signature = createHmac('sha256', SVIX_KEY).update(`${id}.${timestamp}.${body}`);
  return {
    body,
    headers: {
      'svix-id': id,
      'svix-timestamp': timestamp,
      'svix-signature': `v1,AAAA v1,${signature.digest('base64')}`,
    },
  };
}
