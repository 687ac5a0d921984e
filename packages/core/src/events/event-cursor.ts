import type { Context } from '../context.ts';

/**
 * How far a reader is: inside the window of transactions `low ≤ xact < high`, after `seq`. Without
 * snapshots the window is always the same and `seq` alone counts.
 */
export interface EventCursor {
  readonly low: number;
  readonly high: number;
  readonly seq: number;
}

/** Who reads: each listener is at a place of its own. */
export type EventReader = 'onEvent' | 'onSuppress';

/** The stored cursor, or the very beginning. */
export async function readCursor(ctx: Context, reader: EventReader): Promise<EventCursor> {
  const row = await ctx.storage.db
    .selectFrom('meta')
    .select('value')
    .where('tenant', '=', ctx.tenant)
    .where('key', '=', `events:${reader}`)
    .executeTakeFirst();
  return row === undefined ? { low: 0, high: 0, seq: 0 } : (JSON.parse(row.value) as EventCursor);
}

/** Stores the cursor; of several readers the last one wins, so an event may be told twice. */
export async function writeCursor(
  ctx: Context,
  reader: EventReader,
  cursor: EventCursor,
): Promise<void> {
  const key = `events:${reader}`;
  const value = JSON.stringify(cursor);
  await ctx.storage.unit((tx) =>
    tx
      .insertInto('meta')
      .values({ tenant: ctx.tenant, key, value })
      .onConflict((conflict) => conflict.columns(['tenant', 'key']).doUpdateSet({ value }))
      .execute(),
  );
}
