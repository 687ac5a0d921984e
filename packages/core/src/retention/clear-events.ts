import type { Context } from '../context.ts';
import type { EventCursor } from '../events/event-cursor.ts';
import type { RetentionStep } from './retention-step.ts';

/**
 * Events that are in the sealed audit and that every reader is past. The newest one stays: by its
 * time a restored database is recognised.
 */
export const clearEvents: RetentionStep = {
  batch: 200,
  async find(ctx, before) {
    const { db } = ctx.storage;
    const cursors = await readCursors(ctx);
    const rows = await db
      .selectFrom('event')
      .select(['id', 'seq', 'xact', 'at'])
      .where('tenant', '=', ctx.tenant)
      .orderBy('xact')
      .orderBy('seq')
      .limit(this.batch + 1)
      .execute();
    const old = rows
      .slice(0, -1)
      .filter((row) => row.at < before && cursors.every((cursor) => isPast(cursor, row)));
    if (old.length === 0) return [];
    const sealed = await db
      .selectFrom('audit_entry')
      .select('event_id')
      .where('tenant', '=', ctx.tenant)
      .where(
        'event_id',
        'in',
        old.map(({ id }) => id),
      )
      .execute();
    const ids = new Set(sealed.map((row) => row.event_id));
    return old.flatMap(({ id, seq }) => (ids.has(id) ? [String(seq)] : []));
  },
  async clear(tx, { tenant }, keys) {
    await tx
      .deleteFrom('event')
      .where('tenant', '=', tenant)
      .where('seq', 'in', keys.map(Number))
      .execute();
  },
};

async function readCursors({ tenant, storage }: Context): Promise<readonly EventCursor[]> {
  const rows = await storage.db
    .selectFrom('meta')
    .select('value')
    .where('tenant', '=', tenant)
    .where('key', 'like', 'events:%')
    .execute();
  return rows.map(({ value }) => JSON.parse(value) as EventCursor);
}

/** Without snapshots every event has transaction 0 and the sequence alone counts. */
function isPast(
  { low, high, seq }: EventCursor,
  row: { readonly seq: number; readonly xact: number },
): boolean {
  const transaction = Number(row.xact);
  if (transaction !== 0 && transaction < low) return true;
  return (transaction === 0 || transaction < high) && Number(row.seq) <= seq;
}
