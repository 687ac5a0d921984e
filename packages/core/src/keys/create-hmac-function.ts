import { hash } from 'node:crypto';

/** Bytes of a block of SHA-256. */
const BLOCK = 64;
/** Bytes of what it says. */
const DIGEST = 32;

/** HMAC-SHA-256 (RFC 2104) under one key. */
export type Hmac = (data: string | Uint8Array) => Buffer;

/** One. Each send needs several, and `createHmac` takes longer to look at its key than to use it. */
export function createHmacFunction(key: Uint8Array): Hmac {
  const padded = Buffer.alloc(BLOCK);
  padded.set(key.byteLength > BLOCK ? hash('sha256', key, 'buffer') : key);
  const inner = padded.map((byte) => byte ^ 0x36);
  const outer = Buffer.concat([padded.map((byte) => byte ^ 0x5c), Buffer.alloc(DIGEST)]);
  return (data) => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    outer.write(hash('sha256', Buffer.concat([inner, bytes]), 'binary'), BLOCK, 'binary');
    // A digest as a buffer takes three times as long to make.
    return Buffer.from(hash('sha256', outer, 'binary'), 'binary');
  };
}
