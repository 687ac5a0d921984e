import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Tx } from '../storage/database.ts';
import type { KeyRing } from './key-ring.ts';

const PREFIX = 'key:';

/**
 * Compares the keys with those that the database knows, and records new ones. Without it a wrong
 * secret would start well and find no suppression at all. Throws `KEY_MISMATCH` naming the keys
 * that are missing or have another secret; the caller's unit then rolls back.
 */
export async function checkFingerprints(tx: Tx, tenant: string, ring: KeyRing): Promise<void> {
  await tx
    .insertInto('meta')
    .values(
      ring.fingerprints.map(({ keyId, fingerprint }) => ({
        tenant,
        key: `${PREFIX}${keyId}`,
        value: fingerprint,
      })),
    )
    .onConflict((conflict) => conflict.columns(['tenant', 'key']).doNothing())
    .execute();
  const stored = await tx
    .selectFrom('meta')
    .select(['key', 'value'])
    .where('tenant', '=', tenant)
    .where('key', 'like', `${PREFIX}%`)
    .orderBy('key')
    .execute();
  const given = new Map(ring.fingerprints.map((key) => [`${PREFIX}${key.keyId}`, key.fingerprint]));
  const missing = stored.filter((row) => !given.has(row.key)).map(toKeyId);
  const changed = stored
    .filter((row) => given.has(row.key) && given.get(row.key) !== row.value)
    .map(toKeyId);
  if (missing.length + changed.length > 0) throw mismatch(missing, changed);
}

function toKeyId(row: { key: string }): string {
  return row.key.slice(PREFIX.length);
}

function mismatch(missing: readonly string[], changed: readonly string[]): MailwardenError {
  const parts = [
    missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
    changed.length > 0 ? `another secret than before: ${changed.join(', ')}` : '',
  ].filter((part) => part !== '');
  return new MailwardenError('KEY_MISMATCH', {
    detail: `Keys ${parts.join('; ')}.`,
    fields: { missing, changed },
  });
}
