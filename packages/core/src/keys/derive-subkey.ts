import { hkdfSync } from 'node:crypto';

/** What a subkey is for; a subkey of one purpose says nothing about another's. */
export type SubkeyPurpose =
  | 'suppression'
  | 'tokens'
  | 'cursors'
  | 'opt-ins'
  | 'messages'
  | 'return-paths'
  | 'seals'
  | 'fingerprint';

/**
 * 32 bytes for one purpose and tenant: HKDF-SHA-256 (RFC 5869). Tenants get different subkeys, so
 * that the same address cannot be recognised across them.
 */
export function deriveSubkey(secret: string, tenant: string, purpose: SubkeyPurpose): Buffer {
  const info = JSON.stringify(['mailwarden', 1, tenant, purpose]);
  return Buffer.from(hkdfSync('sha256', secret, 'mailwarden', info, 32));
}
