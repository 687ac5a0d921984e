import type { Context } from '../context.ts';
import { takeDue } from '../dispatch/take-due.ts';
import { passThrottle } from './pass-throttle.ts';

/** Deliveries of one look. */
const LOOK = 500;

/**
 * Puts off what stands in front of the queue and may not go out yet, without deciding on it, so that
 * a million messages to one slow domain do not keep the others waiting. What may go out stays.
 */
export async function spreadThrottled(ctx: Context, actor: string): Promise<void> {
  await ctx.storage.unit(async (tx) => {
    const { settle } = await passThrottle(tx, ctx, actor, await takeDue(tx, ctx, LOOK));
    await settle([]);
  });
}
