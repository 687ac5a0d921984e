import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { SealingKey } from './key-ring.ts';

/** PKCS #8 wrapping of a bare Ed25519 seed (RFC 8410 §7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Makes the Ed25519 key whose seed is the 32 bytes of the `seals` subkey. */
export function createSealingKey(keyId: string, seed: Buffer): SealingKey {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    keyId,
    publicKey: spki.subarray(-32).toString('base64url'),
    sign: (bytes) => sign(null, bytes, key).toString('base64url'),
  };
}
