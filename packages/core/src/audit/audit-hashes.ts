import { hash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '../compose/canonical-json.ts';
import { createHmacFunction } from '../keys/create-hmac-function.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { AuditSeal } from './audit-seal.ts';

/** The entry as it is hashed (RFC 8785). Throws `ARGUMENT_INVALID` for text that is not Unicode. */
export function toEntryText(entry: AuditEntry): string {
  return canonicalJson(entry as unknown as JsonValue);
}

/** Leaf of the Merkle tree; the prefix keeps leaves and nodes apart (RFC 9162 §2.1.1). */
export function hashEntry(text: string): Buffer {
  return toDigest(`\0${text}`);
}

/** Merkle tree hash (RFC 9162 §2.1.1) of at least one leaf. */
export function hashTree(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  const sides = [hashTree(leaves.slice(0, split)), hashTree(leaves.slice(split))];
  return toDigest(Buffer.concat([Buffer.of(1), ...sides]));
}

/** By way of text, which is made in a third of the time of a buffer. */
function toDigest(data: string | Buffer): Buffer {
  return Buffer.from(hash('sha256', data, 'binary'), 'binary');
}

/** The bytes that a seal's signature is over. */
export function toSealedBytes(seal: AuditSeal): Buffer {
  return Buffer.from(`mailwarden audit seal\n${canonicalJson(seal as unknown as JsonValue)}`);
}

/** What the next seal names as `previous`, hex. */
export function hashSeal(seal: AuditSeal): string {
  return hash('sha256', toSealedBytes(seal), 'hex');
}

/** What an entry holds of its personal details, hex; without the salt it says nothing. */
export function hashDetails(salt: Buffer, details: Readonly<Record<string, string>>): string {
  return createHmacFunction(salt)(canonicalJson(details)).toString('hex');
}
