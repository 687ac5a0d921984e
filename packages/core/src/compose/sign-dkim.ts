import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { DkimOptions } from '../transport/transport.ts';

/** Off the main thread: an RSA signature takes about a millisecond. */
const signAsync = promisify(sign) as (
  algorithm: string | null,
  data: Buffer,
  key: KeyObject,
) => Promise<Buffer>;

/** Parsing a PEM costs more than the rest of a message; a mailbox keeps its options object. */
const KEYS = new WeakMap<DkimOptions, KeyObject>();

/** Signed once more than they occur, so that none can be added afterwards (RFC 6376 §5.4.2). */
const OVERSIGNED = [
  ...['from', 'to', 'cc', 'subject', 'date', 'reply-to', 'message-id', 'content-type'],
  // RFC 8058 §4: the signature covers both.
  ...['list-unsubscribe', 'list-unsubscribe-post'],
];

/** Signed when present. */
const SIGNED = [
  ...['sender', 'in-reply-to', 'references', 'mime-version', 'content-transfer-encoding'],
  ...['list-id', 'list-help', 'feedback-id', 'precedence', 'auto-submitted'],
];

/**
 * Signs a message with DKIM (RFC 6376, relaxed/relaxed; rsa-sha256, or ed25519-sha256 of RFC 8463
 * for such a key) and returns it with the DKIM-Signature field on top. `raw` has CRLF line ends;
 * `unsigned` names fields, lower case, that somebody will write anew on the way.
 * Throws `OPTION_INVALID` when the key, the domain or the selector cannot be used.
 */
export async function signDkim(
  raw: Uint8Array,
  options: DkimOptions,
  unsigned: readonly string[] = [],
): Promise<Buffer> {
  const message = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const key = readKey(options);
  const split = message.indexOf('\r\n\r\n');
  const end = split < 0 ? message.length : split + 2;
  const header = message.subarray(0, end).toString('latin1');
  const body = split < 0 ? '' : message.subarray(split + 4).toString('latin1');
  const fields = header.split(/\r\n(?![ \t])/).filter((field) => field !== '');
  const { names, lines } = selectFields(fields, unsigned);
  const isRsa = key.asymmetricKeyType === 'rsa';
  const tags = [
    `v=1; a=${isRsa ? 'rsa' : 'ed25519'}-sha256; c=relaxed/relaxed;`,
    `d=${options.domainName}; s=${options.keySelector};`,
    `h=${names.join(':\r\n  ')};`,
    `bh=${createHash('sha256').update(relaxBody(body), 'latin1').digest('base64')};`,
    'b=',
  ];
  const field = `DKIM-Signature: ${tags.join('\r\n ')}`;
  // The signature covers its own field with b= empty and without the line end (RFC 6376 §3.7).
  const input = Buffer.from(`${lines.join('')}${relaxField(field)}`, 'latin1');
  // Ed25519 signs the SHA-256 hash, not the data (RFC 8463 §3).
  const signature = isRsa
    ? await signAsync('sha256', input, key)
    : await signAsync(null, createHash('sha256').update(input).digest(), key);
  const folded = signature.toString('base64').replace(/.{1,72}/g, '\r\n  $&');
  return Buffer.concat([Buffer.from(`${field}${folded}\r\n`, 'latin1'), message]);
}

function readKey(options: DkimOptions): KeyObject {
  const known = KEYS.get(options);
  if (known !== undefined) return known;
  const label = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?)(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?)*$/i;
  if (!label.test(options.domainName) || !label.test(options.keySelector)) {
    throw new MailwardenError('OPTION_INVALID', {
      detail: 'dkim.domainName and dkim.keySelector have to be domain names.',
    });
  }
  try {
    const key = createPrivateKey(options.privateKey);
    // RFC 8301 §3.2: no shorter RSA keys.
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    const usable =
      key.asymmetricKeyType === 'rsa' ? bits >= 1024 : key.asymmetricKeyType === 'ed25519';
    if (usable) {
      KEYS.set(options, key);
      return key;
    }
  } catch {
    // The cause is left out: it could quote the key.
  }
  throw new MailwardenError('OPTION_INVALID', {
    detail: 'dkim.privateKey has to be an RSA (1024 bits or more) or Ed25519 private key in PEM.',
  });
}

/** Names for `h=` and the canonical fields in that order; of a repeated field the lowest first. */
function selectFields(
  fields: readonly string[],
  unsigned: readonly string[],
): { names: string[]; lines: string[] } {
  const names: string[] = [];
  const lines: string[] = [];
  for (const name of [...OVERSIGNED, ...SIGNED]) {
    if (unsigned.includes(name)) continue;
    const found = fields.filter((field) => nameOf(field) === name).reverse();
    for (const field of found) {
      names.push(name);
      lines.push(`${relaxField(field)}\r\n`);
    }
    if (OVERSIGNED.includes(name)) names.push(name);
  }
  return { names, lines };
}

function nameOf(field: string): string {
  return field
    .slice(0, Math.max(field.indexOf(':'), 0))
    .trim()
    .toLowerCase();
}

/** RFC 6376 §3.4.2. */
function relaxField(field: string): string {
  const value = field
    .slice(field.indexOf(':') + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '');
  return `${nameOf(field)}:${value}`;
}

/** RFC 6376 §3.4.4: white space at line ends and empty lines at the end do not count. */
function relaxBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
}
