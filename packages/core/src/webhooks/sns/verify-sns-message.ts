import { verify } from 'node:crypto';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { textAt, valueAt } from '../read-json.ts';
import type { SnsCertificates } from './sns-certificates.ts';

/** Kinds of messages, and the members that each signs, in this order (SNS developer guide). */
const SIGNED: ReadonlyMap<string, readonly string[]> = new Map([
  ['Notification', ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']],
  [
    'SubscriptionConfirmation',
    ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  ],
  [
    'UnsubscribeConfirmation',
    ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  ],
]);

const HASHES: ReadonlyMap<string, string> = new Map([
  ['1', 'sha1'],
  ['2', 'sha256'],
]);

/**
 * Checks the signature of an SNS message, of version 1 or 2. Whoever has a topic gets signatures
 * from Amazon: whose topic it is has to be asked besides. Throws `WEBHOOK_FORGED`, and
 * `WEBHOOK_UNAVAILABLE` when the certificate cannot be fetched.
 */
export async function verifySnsMessage(
  json: unknown,
  certificates: SnsCertificates,
): Promise<void> {
  const members = SIGNED.get(textAt(json, 'Type') ?? '');
  const hash = HASHES.get(textAt(json, 'SignatureVersion') ?? '');
  if (members === undefined || hash === undefined) throw new MailwardenError('WEBHOOK_FORGED');
  const key = await certificates.getKey(textAt(json, 'SigningCertURL') ?? '');
  const signed = members.flatMap((name) => {
    const value = valueAt(json, name);
    // The subject is optional; of what is no text there is no signature.
    return typeof value === 'string' ? [`${name}\n${value}\n`] : [];
  });
  const signature = Buffer.from(textAt(json, 'Signature') ?? '', 'base64');
  if (!verify(hash, Buffer.from(signed.join('')), key, signature)) {
    throw new MailwardenError('WEBHOOK_FORGED');
  }
}
