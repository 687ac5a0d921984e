import { timingSafeEqual } from 'node:crypto';
import type { Hmac } from './create-hmac-function.ts';
import { requireUuid, toUuid } from './uuid.ts';

const ID_BYTES = 16;
/** 72 bits: whoever guesses has to send us a mail for each try. */
const MAC_BYTES = 9;
/** RFC 4648 §6 in lower case: mail servers and clients may change the case of a local part. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** 25 bytes are 40 characters of 5 bits without a spare one: one spelling per token. */
const TOKEN = /^[a-z2-7]{40}$/;

/**
 * Uuid and truncated HMAC-SHA-256 as 40 letters and digits, for places that are short and may lose
 * their case, such as the local part of an address. Does not expire by itself. Throws
 * `ARGUMENT_INVALID` when `id` is no uuid.
 */
export function createCompactToken(hmac: Hmac, purpose: string, id: string): string {
  const body = Buffer.from(requireUuid(id).replaceAll('-', ''), 'hex');
  return toBase32(Buffer.concat([body, sign(hmac, purpose, body)]));
}

/** The uuid of a token that one of the keys signed for `purpose`; the comparison takes constant time. */
export function readCompactToken(
  hmacs: readonly Hmac[],
  purpose: string,
  token: string,
): string | undefined {
  const spelling = token.toLowerCase();
  if (!TOKEN.test(spelling)) return undefined;
  const bytes = fromBase32(spelling);
  const body = bytes.subarray(0, ID_BYTES);
  const mac = bytes.subarray(ID_BYTES);
  const isSigned = hmacs.some((hmac) => timingSafeEqual(mac, sign(hmac, purpose, body)));
  return isSigned ? toUuid(body.toString('hex')) : undefined;
}

function sign(hmac: Hmac, purpose: string, body: Buffer): Buffer {
  return hmac(Buffer.concat([Buffer.from(`${purpose}\0`), body])).subarray(0, MAC_BYTES);
}

function toBase32(bytes: Buffer): string {
  let text = '';
  // 5 bytes are 8 characters; a number holds 40 bits exactly.
  for (let at = 0; at < bytes.length; at += 5) {
    let group = bytes.readUIntBE(at, 5);
    let characters = '';
    for (let count = 0; count < 8; count += 1) {
      characters = `${ALPHABET[group % 32]}${characters}`;
      group = Math.floor(group / 32);
    }
    text += characters;
  }
  return text;
}

function fromBase32(text: string): Buffer {
  const bytes = Buffer.alloc((text.length / 8) * 5);
  for (let at = 0; at * 8 < text.length; at += 1) {
    const group = [...text.slice(at * 8, at * 8 + 8)].reduce(
      (sum, character) => sum * 32 + ALPHABET.indexOf(character),
      0,
    );
    bytes.writeUIntBE(group, at * 5, 5);
  }
  return bytes;
}
