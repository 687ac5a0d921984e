import type { Context } from '../context.ts';
import { transitionAll } from '../deliveries/transition.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { lockFree, selectDeliveries } from './lock-envelopes.ts';
import { releasePlaces } from './release-places.ts';

/** Puts what this worker claimed and never began back into the queue: all of it, or these. */
export async function giveBack(
  ctx: Context,
  worker: string,
  deliveries?: readonly Delivery[],
): Promise<void> {
  const ids = deliveries?.map(({ id }) => id);
  await ctx.storage.unit(async (tx) => {
    const mine = selectDeliveries(tx, ctx)
      .where('state', '=', 'claimed')
      .where('lease_owner', '=', worker);
    // What somebody else holds at this moment, an erasure or a sweep, is theirs to settle.
    const rows = await lockFree(ctx, ids === undefined ? mine : mine.where('id', 'in', ids));
    const moved = await transitionAll(
      tx,
      rows.map((from) => ({
        ...{ from, to: 'queued' as const, actor: `worker:${worker}`, at: ctx.now() },
        ...{ code: from.reason_code, reason: from.reason },
      })),
    );
    // Of the others another worker may hold a claim by now, and the places with it.
    await releasePlaces(
      tx,
      ctx,
      moved.filter((row) => row !== undefined),
    );
  });
}
