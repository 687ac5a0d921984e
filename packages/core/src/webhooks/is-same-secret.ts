import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether two secrets are the same, in a time that tells nothing about either. */
export function isSameSecret(a: string | Buffer, b: string | Buffer): boolean {
  const hash = (secret: string | Buffer) => createHash('sha256').update(secret).digest();
  return timingSafeEqual(hash(a), hash(b));
}
