import type { AuditEntry } from '../audit-entry.ts';
import { hashDetails, hashEntry, toEntryText } from '../audit-hashes.ts';
import type { AuditSeal } from '../audit-seal.ts';

/** What one line of an export says. */
export type AuditLine =
  | { readonly type: 'audit'; readonly tenant: string; readonly keys: ReadonlyMap<string, string> }
  | ({ readonly type: 'entry' } & EntryLine)
  | ({ readonly type: 'seal' } & SealLine)
  | { readonly type: 'unreadable' };

export interface EntryLine {
  readonly id: string;
  /** Hash of the entry, hex. */
  readonly hash: string;
  /** What became of its personal details, if it had any. */
  readonly details: 'none' | 'intact' | 'erased' | 'changed';
}

export interface SealLine {
  readonly seal: AuditSeal;
  readonly signature: Buffer;
  readonly leaves: readonly Buffer[];
}

const UNREADABLE = { type: 'unreadable' } as const;
const HEX = /^[0-9a-f]{64}$/;
const SEAL = ['at', 'count', 'first', 'keyId', 'number', 'previous', 'publicKey', 'root', 'tenant'];

/** Reads a line; whatever an export never says is `unreadable`, also a member too many. */
export function parseLine(text: string): AuditLine {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return UNREADABLE;
    const { type } = value;
    switch (type) {
      case 'audit':
        return parseHeader(value);
      case 'entry':
        return parseEntry(value);
      case 'seal':
        return parseSeal(value);
      default:
        return UNREADABLE;
    }
  } catch {
    return UNREADABLE;
  }
}

function parseHeader(value: Record<string, unknown>): AuditLine {
  const { tenant, version, keys } = value;
  if (!hasOnly(value, ['type', 'tenant', 'version', 'keys'])) return UNREADABLE;
  if (typeof tenant !== 'string' || version !== 1 || !Array.isArray(keys)) return UNREADABLE;
  const known = new Map<string, string>();
  for (const key of keys as readonly unknown[]) {
    if (!isRecord(key) || !hasOnly(key, ['id', 'publicKey'])) return UNREADABLE;
    const { id, publicKey } = key;
    if (typeof id !== 'string' || typeof publicKey !== 'string') return UNREADABLE;
    if (known.has(id)) return UNREADABLE;
    known.set(id, publicKey);
  }
  return { type: 'audit', tenant, keys: known };
}

function parseEntry(value: Record<string, unknown>): AuditLine {
  const { entry, details, salt } = value;
  if (!hasOnly(value, ['type', 'entry', 'details', 'salt']) || !isRecord(entry)) return UNREADABLE;
  const { id, details: sealed } = entry;
  if (typeof id !== 'string') return UNREADABLE;
  const hash = hashEntry(toEntryText(entry as unknown as AuditEntry)).toString('hex');
  if (details === undefined && salt === undefined) {
    return { type: 'entry', id, hash, details: sealed === undefined ? 'none' : 'erased' };
  }
  const bytes = typeof salt === 'string' ? fromBase64(salt) : undefined;
  const intact =
    bytes !== undefined &&
    isRecord(details) &&
    hashDetails(bytes, details as Readonly<Record<string, string>>) === sealed;
  return { type: 'entry', id, hash, details: intact ? 'intact' : 'changed' };
}

function parseSeal(value: Record<string, unknown>): AuditLine {
  const { seal, signature, leaves } = value;
  if (!hasOnly(value, ['type', 'seal', 'signature', 'leaves']) || !isSeal(seal)) return UNREADABLE;
  if (typeof signature !== 'string' || typeof leaves !== 'string') return UNREADABLE;
  // What does not decode cannot be right; an empty value fails its check with the rest.
  const hashes = fromBase64(leaves) ?? Buffer.alloc(0);
  const count = Math.ceil(hashes.length / 32);
  return {
    type: 'seal',
    seal,
    signature: fromBase64(signature) ?? Buffer.alloc(0),
    leaves: Array.from({ length: count }, (_, index) =>
      hashes.subarray(index * 32, index * 32 + 32),
    ),
  };
}

function isSeal(value: unknown): value is AuditSeal {
  if (!isRecord(value) || !hasOnly(value, [...SEAL, 'version'])) return false;
  const { at, count, first, keyId, number, previous, publicKey, root, tenant, version } = value;
  return (
    version === 1 &&
    [at, count, first, number].every((each) => Number.isSafeInteger(each) && Number(each) >= 0) &&
    [keyId, publicKey, tenant].every((each) => typeof each === 'string') &&
    [previous, root].every((each) => typeof each === 'string' && HEX.test(each))
  );
}

/** Undefined for any spelling but the one that encoding gives. */
function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

function hasOnly(value: Record<string, unknown>, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
