import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { lockFree, selectDeliveries } from './lock-envelopes.ts';
import { releasePlaces } from './release-places.ts';

/** Puts what this worker claimed and never began back into the queue. */
export async function giveBack(ctx: Context, worker: string): Promise<void> {
  await ctx.storage.unit(async (tx) => {
    // What somebody else holds at this moment, an erasure or a sweep, is theirs to settle.
    const rows = await lockFree(
      ctx,
      selectDeliveries(tx, ctx).where('state', '=', 'claimed').where('lease_owner', '=', worker),
    );
    const moved: Delivery[] = [];
    for (const from of rows) {
      const row = await transition(tx, {
        from,
        to: 'queued',
        code: from.reason_code,
        reason: from.reason,
        actor: `worker:${worker}`,
        at: ctx.now(),
      });
      if (row !== undefined) moved.push(row);
    }
    // Of the others another worker may hold a claim by now, and the places with it.
    await releasePlaces(tx, ctx, moved);
  });
}
