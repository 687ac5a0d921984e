import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { ThrottleRow } from '../storage/tables/throttle.ts';
import { Bucket } from './bucket.ts';
import { keysOf, type Routes, type ThrottleKey } from './keys-of.ts';
import { loadRoutes } from './load-routes.ts';

/** Keeps a statement below the 32,766 bound values that SQLite takes. */
const ROWS_PER_STATEMENT = 2_000;

/** Scope and name to bucket; what is missing is not limited. */
export type Buckets = ReadonlyMap<string, Bucket>;

/**
 * Locks what these deliveries are counted for, in one order, until the transaction ends: what has a
 * limit, and what a rate reply slowed. The caller holds recipients and mailboxes already, or takes
 * neither.
 */
export async function loadBuckets(
  tx: Tx,
  ctx: Context,
  deliveries: readonly Delivery[],
  routes: Routes,
): Promise<Buckets> {
  const { limitOf } = ctx.settings.throttle;
  const keys = new Map(
    deliveries.flatMap((each) => keysOf(each, routes).map((key) => [key.id, key] as const)),
  );
  const slow = await findSlow(tx, ctx);
  const counted = [...keys.values()].filter(
    ({ id, scope, name }) => slow.has(id) || limitOf(scope, name) !== undefined,
  );
  if (counted.length === 0) return new Map();
  const rows = await lockRows(tx, ctx, counted.map(({ id }) => id).sort());
  // In a later statement, so that it sees what whoever held the rows before has claimed.
  const inFlight = await countInFlight(tx, ctx, counted);
  const now = ctx.now();
  return new Map(
    rows.flatMap((row) => {
      const key = keys.get(row.bucket);
      if (key === undefined) return [];
      const limit = limitOf(key.scope, key.name);
      return [[row.bucket, new Bucket(row, limit, now, inFlight.get(row.bucket) ?? 0)] as const];
    }),
  );
}

/** Stores what was charged and who waits. */
export async function storeBuckets(tx: Tx, buckets: Buckets): Promise<void> {
  const rows = [...buckets.values()].flatMap((bucket) => bucket.toRow() ?? []);
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    await tx
      .insertInto('throttle')
      .values(rows.slice(at, at + ROWS_PER_STATEMENT))
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'bucket']).doUpdateSet((eb) => ({
          tat: eb.ref('excluded.tat'),
          queue_end: eb.ref('excluded.queue_end'),
          idle_at: eb.ref('excluded.idle_at'),
        })),
      )
      .execute();
  }
}

async function findSlow(tx: Tx, ctx: Context): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('throttle')
    .select('bucket')
    .where('tenant', '=', ctx.tenant)
    .where('slow_until', '>', ctx.now())
    .execute();
  return new Set(rows.map(({ bucket }) => bucket));
}

/** A row that is not there is made, so that there is something to lock. */
async function lockRows(tx: Tx, ctx: Context, ids: readonly string[]): Promise<ThrottleRow[]> {
  const { tenant } = ctx;
  const idle_at = ctx.now();
  const rows: ThrottleRow[] = [];
  for (let at = 0; at < ids.length; at += ROWS_PER_STATEMENT) {
    const some = ids.slice(at, at + ROWS_PER_STATEMENT);
    const locked = await tx
      .insertInto('throttle')
      .values(some.map((bucket) => ({ tenant, bucket, tat: 0, queue_end: 0, idle_at })))
      .onConflict((conflict) =>
        conflict
          .columns(['tenant', 'bucket'])
          .doUpdateSet((eb) => ({ tat: eb.ref('throttle.tat') })),
      )
      .returningAll()
      .execute();
    rows.push(...locked);
  }
  return rows;
}

async function countInFlight(
  tx: Tx,
  ctx: Context,
  keys: readonly ThrottleKey[],
): Promise<ReadonlyMap<string, number>> {
  const { limitOf } = ctx.settings.throttle;
  const counts = new Map<string, number>();
  if (!keys.some(({ scope, name }) => Number.isFinite(limitOf(scope, name)?.atOnce))) return counts;
  const rows = await tx
    .selectFrom('delivery')
    .select(['mailbox', 'recipient'])
    .where('tenant', '=', ctx.tenant)
    .where('state', 'in', ['claimed', 'sending'])
    .where('lease_until', '>', 0)
    .execute();
  const { routes } = await loadRoutes(tx, ctx, rows);
  for (const row of rows) {
    for (const { id } of keysOf(row, routes)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
