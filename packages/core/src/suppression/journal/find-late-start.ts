import type { Context } from '../../context.ts';
import type { DeliveryState } from '../../deliveries/delivery-state.ts';
import type { Tx } from '../../storage/database.ts';

/** Mail that goes out without anybody's further word. */
const WAITING: readonly DeliveryState[] = ['queued', 'claimed', 'deferred'];

/**
 * Whether mail waits in a database in which nothing has happened for longer than `maxLateness`: it
 * was off for long, or it is an old copy. Either way its recipients may have answered meanwhile.
 */
export async function findLateStart(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now' | 'settings'>,
): Promise<boolean> {
  const newest = await tx
    .selectFrom('event')
    .select('at')
    .where('tenant', '=', ctx.tenant)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined || ctx.now() - Number(newest.at) <= ctx.settings.maxLateness) {
    return false;
  }
  const waiting = await tx
    .selectFrom('delivery')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('state', 'in', WAITING)
    .limit(1)
    .executeTakeFirst();
  return waiting !== undefined;
}
