import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { unindexed } from '../storage/unindexed.ts';

/** A query for deliveries of this tenant, to be narrowed down. */
export type DeliveryQuery = ReturnType<typeof selectDeliveries>;

/** Narrows it; `column` is how a column is to be named there. */
export type Narrow = (query: DeliveryQuery, column: NameColumn) => DeliveryQuery;

type NameColumn = (name: 'state' | 'mailbox') => RawBuilder<string>;

/** The column itself, by which the index of what is due is entered. */
export const indexed: NameColumn = (name) => sql<string>`${sql.ref(name)}`;

/** The deliveries of one message that wait together, by id; never empty. */
export type Envelope = readonly [Delivery, ...Delivery[]];

/**
 * Locks about `limit` of the deliveries that `narrow` finds, oldest first, and of every message all
 * that it finds: one envelope is decided on as a whole, wherever a batch ends. Never waits for a row:
 * whoever waits while holding others may be waited for (a deadlock).
 */
export async function lockEnvelopes(
  tx: Tx,
  ctx: Context,
  limit: number,
  narrow: Narrow,
): Promise<readonly Envelope[]> {
  const found = narrow(selectDeliveries(tx, ctx), indexed);
  const first = await lockFree(ctx, found.orderBy('due_at').orderBy('id').limit(limit));
  if (first.length === 0) return [];
  const messages = [...new Set(first.map((delivery) => delivery.message_id))];
  const whole = narrow(selectDeliveries(tx, ctx), unindexed).where('message_id', 'in', messages);
  const taken = await lockFree(ctx, whole);
  const mine = new Set(taken.map((delivery) => delivery.id));
  // Another worker holds a part of it at this moment: it is left whole, for the next look.
  const others = ctx.storage.capabilities.supportsRowLocks ? await whole.execute() : [];
  const split = new Set(others.flatMap(({ id, message_id }) => (mine.has(id) ? [] : message_id)));
  const groups = Map.groupBy(taken, (delivery) => delivery.message_id);
  return messages.flatMap((id) => {
    const [one, ...rest] = (groups.get(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
    return one === undefined || split.has(id) ? [] : [[one, ...rest] as const];
  });
}

/** The rows that nobody else holds at this moment, locked until the transaction ends. */
export function lockFree(ctx: Pick<Context, 'storage'>, query: DeliveryQuery): Promise<Delivery[]> {
  if (!ctx.storage.capabilities.supportsRowLocks) return query.execute();
  return query.forUpdate().skipLocked().execute();
}

/** Every column of every delivery of this tenant. */
export function selectDeliveries(db: Db, ctx: Pick<Context, 'tenant'>) {
  return db.selectFrom('delivery').selectAll().where('tenant', '=', ctx.tenant);
}
