import { timingSafeEqual } from 'node:crypto';
import type { Hmac } from './create-hmac-function.ts';
import { requireUuid, toUuid } from './uuid.ts';

/** What signs tokens of one key. */
export interface TokenKey {
  readonly hmac: Hmac;
  /** One byte that says which key to try; not secret, and two keys may share it. */
  readonly hint: number;
}

const ID_BYTES = 16;
const MAC_BYTES = 16;
/** 33 bytes are 44 characters of base64url without a spare bit: one spelling per token. */
const TOKEN = /^[A-Za-z0-9_-]{44}$/;

/**
 * Hint, uuid and truncated HMAC-SHA-256 as base64url. It holds no address and does not expire
 * (CAN-SPAM asks for 30 days, CASL for 60). Throws `ARGUMENT_INVALID` when `id` is no uuid.
 */
export function createToken(key: TokenKey, purpose: string, id: string): string {
  const bytes = Buffer.from(requireUuid(id).replaceAll('-', ''), 'hex');
  const body = Buffer.concat([Buffer.of(key.hint), bytes]);
  return Buffer.concat([body, sign(key, purpose, body)]).toString('base64url');
}

/** The uuid of a token that one of `keys` signed for `purpose`; the comparison takes constant time. */
export function readToken(
  keys: readonly TokenKey[],
  purpose: string,
  token: string,
): string | undefined {
  if (!TOKEN.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  const body = bytes.subarray(0, 1 + ID_BYTES);
  const mac = bytes.subarray(1 + ID_BYTES);
  const signer = keys
    .filter((key) => key.hint === body[0])
    .find((key) => timingSafeEqual(mac, sign(key, purpose, body)));
  return signer === undefined ? undefined : toUuid(body.toString('hex', 1));
}

function sign(key: TokenKey, purpose: string, body: Buffer): Buffer {
  return key.hmac(Buffer.concat([Buffer.from(`${purpose}\0`), body])).subarray(0, MAC_BYTES);
}
