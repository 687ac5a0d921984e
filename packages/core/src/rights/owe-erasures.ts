import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { JournalEntry } from '../suppression/journal/journal-lines.ts';

/**
 * Leaves tombstones for erasures that a restored database has forgotten: nothing about these people
 * is stored from now on, and the worker erases what came back with the copy.
 */
export async function oweErasures(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  entries: readonly JournalEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    tenant: ctx.tenant,
    canonical: entry.hmac,
    id: uuidv7(),
    key_id: entry.keyId,
    canonicalisation: entry.canonicalisation,
    reason: 'journal',
    requested_at: entry.createdAt,
    finished_at: null,
  }));
  await tx
    .insertInto('erasure')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['tenant', 'canonical']).doNothing())
    .execute();
}
