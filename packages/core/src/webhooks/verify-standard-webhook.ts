import { createHmac } from 'node:crypto';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { assertFresh } from './assert-fresh.ts';
import { isSameSecret } from './is-same-secret.ts';
import type { WebhookPost } from './webhook-post.ts';

/** Each try is signed anew (Standard Webhooks, "timestamp"), ms. */
const OLDEST = 5 * 60_000;

/**
 * Checks a POST as Standard Webhooks 1.0 and Svix sign it: HMAC-SHA256 over `id.timestamp.body`.
 * Returns the id, the same in every repetition. Throws `WEBHOOK_FORGED`, `WEBHOOK_STALE`.
 */
export function verifyStandardWebhook(
  { headers, body, at }: WebhookPost,
  secrets: readonly string[],
): string {
  const field = (name: string): string =>
    headers.get(`svix-${name}`) ?? headers.get(`webhook-${name}`) ?? '';
  const [id, timestamp, signatures] = [field('id'), field('timestamp'), field('signature')];
  const given = signatures.split(' ').flatMap((each) => /^v1,(.+)$/.exec(each)?.[1] ?? []);
  const isSigned = secrets.some((secret) => {
    const hmac = createHmac('sha256', toSvixKey(secret) ?? '');
    const expected = hmac.update(`${id}.${timestamp}.`).update(body).digest('base64');
    return given.slice(0, 10).some((signature) => isSameSecret(signature, expected));
  });
  if (id === '' || !isSigned) throw new MailwardenError('WEBHOOK_FORGED');
  assertFresh(/^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : undefined, at, OLDEST);
  return id;
}

/** The key of a secret `whsec_<base64>`; undefined when it is none. */
export function toSvixKey(secret: string): Buffer | undefined {
  const encoded = /^(?:whsec_)?([A-Za-z0-9+/_-]{20,}={0,2})$/.exec(secret)?.[1];
  const key = Buffer.from(encoded ?? '', 'base64');
  return key.length >= 16 ? key : undefined;
}
