import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import type { Delivery } from '../storage/tables/delivery.ts';

/** A message that cannot be built was never near a socket: it ends as failed, with the reason. */
export async function failBuild(
  ctx: Context,
  worker: string,
  deliveries: readonly Delivery[],
): Promise<void> {
  await ctx.storage.unit(async (tx) => {
    for (const from of deliveries) {
      await transition(tx, {
        from,
        to: 'failed',
        code: 'BUILD_FAILED',
        reason: 'The message could not be put together; nothing was sent.',
        actor: `worker:${worker}`,
        at: ctx.now(),
      });
    }
  });
}
