import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { SuppressionEntry } from '../suppression/journal/journal-entry.ts';

/**
 * Leaves tombstones for erasures that a restored database has forgotten: nothing about these people
 * is stored from now on, and the worker erases what came back with the copy. An erasure after the
 * one that it knows of is owed as well. Returns the ids of the entries that it had forgotten.
 */
export async function oweErasures(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  entries: readonly SuppressionEntry[],
): Promise<ReadonlySet<string>> {
  const latest = new Map<string, SuppressionEntry>();
  for (const entry of entries.filter(({ reason }) => reason === 'erasure')) {
    const other = latest.get(entry.hmac);
    if (other === undefined || other.createdAt < entry.createdAt) latest.set(entry.hmac, entry);
  }
  if (latest.size === 0) return new Set();
  const rows = [...latest.values()].map((entry) => ({
    tenant: ctx.tenant,
    canonical: entry.hmac,
    id: uuidv7(),
    key_id: entry.keyId,
    canonicalisation: entry.canonicalisation,
    reason: 'journal',
    requested_at: entry.createdAt,
    finished_at: null,
  }));
  const owed = await tx
    .insertInto('erasure')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'canonical'])
        .doUpdateSet((eb) => ({
          reason: 'journal',
          requested_at: eb.ref('excluded.requested_at'),
          finished_at: null,
        }))
        .whereRef('erasure.requested_at', '<', 'excluded.requested_at'),
    )
    .returning('canonical')
    .execute();
  return new Set(owed.flatMap(({ canonical }) => latest.get(canonical)?.id ?? []));
}
