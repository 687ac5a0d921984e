import { createPublicKey, verify } from 'node:crypto';
import { hashTree, toSealedBytes } from '../audit-hashes.ts';
import type { AuditFault } from './audit-report.ts';
import type { SealLine } from './parse-line.ts';

/** Who an export says it comes from. */
export interface AuditHeader {
  readonly tenant: string;
  readonly keys: ReadonlyMap<string, string>;
}

/** What is wrong with a seal by itself: signature, key, tenant, tree. */
export function checkSeal(
  { seal, signature, leaves }: SealLine,
  header: AuditHeader | undefined,
): readonly AuditFault[] {
  const { number } = seal;
  const entries = `entries ${seal.first} to ${seal.first + seal.count - 1}`;
  if (!isSigned(seal.publicKey, toSealedBytes(seal), signature)) {
    const message = `The signature of seal ${number} is not that of its key; ${entries} are not proven.`;
    return [{ kind: 'seal_changed', seal: number, message }];
  }
  if (header !== undefined && header.keys.get(seal.keyId) !== seal.publicKey) {
    const message = `Seal ${number} is signed by a key that the export does not list as ${JSON.stringify(seal.keyId)}.`;
    return [{ kind: 'key_unknown', seal: number, message }];
  }
  if (header !== undefined && header.tenant !== seal.tenant) {
    const message = `Seal ${number} is of another tenant than the export.`;
    return [{ kind: 'seal_changed', seal: number, message }];
  }
  if (leaves.length === seal.count && hasRoot(leaves, seal.root)) return [];
  const message = `The hashes under seal ${number} are not those that were signed.`;
  return [{ kind: 'seal_changed', seal: number, message }];
}

/** Whether these are the entries that the root was made of. */
export function hasRoot(leaves: readonly Buffer[], root: string): boolean {
  return leaves.length > 0 && hashTree(leaves).toString('hex') === root;
}

function isSigned(publicKey: string, bytes: Buffer, signature: Buffer): boolean {
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey };
    return verify(null, bytes, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  } catch {
    return false;
  }
}
