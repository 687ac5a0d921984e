import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Tx } from '../storage/database.ts';

/** How long an erasure that met damaged rows is left until it is tried again, ms. */
const RETRY_AFTER = 3_600_000;

const keyOf = (erasureId: string): string => `erasure:${erasureId}`;

/** Lets the worker try again in an hour, and says so on record. `damaged`: how many rows are. */
export async function putOff(ctx: Context, erasureId: string, damaged: number): Promise<void> {
  const at = ctx.now();
  const value = String(at + RETRY_AFTER);
  await ctx.storage.unit(async (tx) => {
    await tx
      .insertInto('meta')
      .values({ tenant: ctx.tenant, key: keyOf(erasureId), value })
      .onConflict((conflict) => conflict.columns(['tenant', 'key']).doUpdateSet({ value }))
      .execute();
    const data = { erasureId, damaged };
    await appendEvents(tx, ctx.tenant, [
      { at, type: 'person.erasure_incomplete', actor: 'system', data },
    ]);
  });
}

/** Nothing of it is put off any more. */
export async function settle(
  tx: Tx,
  { tenant }: Pick<Context, 'tenant'>,
  erasureId: string,
): Promise<void> {
  await tx
    .deleteFrom('meta')
    .where('tenant', '=', tenant)
    .where('key', '=', keyOf(erasureId))
    .execute();
}

/** Those of some erasures that are put off until later. */
export async function findPutOff(
  { tenant, storage, now }: Context,
  erasureIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (erasureIds.length === 0) return new Set();
  const rows = await storage.db
    .selectFrom('meta')
    .select(['key', 'value'])
    .where('tenant', '=', tenant)
    .where('key', 'in', erasureIds.map(keyOf))
    .execute();
  const later = new Set(rows.filter(({ value }) => Number(value) > now()).map(({ key }) => key));
  return new Set(erasureIds.filter((id) => later.has(keyOf(id))));
}
