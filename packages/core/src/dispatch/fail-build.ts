import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { isPassing } from './is-passing.ts';
import { releasePlaces } from './release-places.ts';

/**
 * A message that cannot be built was never near a socket: it ends as failed, with the reason. When
 * it was only the database that did not answer, nothing is decided: it goes back to the queue (P2).
 */
export async function failBuild(
  ctx: Context,
  worker: string,
  deliveries: readonly Delivery[],
  error: unknown,
): Promise<void> {
  const passing = isPassing(error);
  const at = ctx.now();
  await ctx.storage.unit(async (tx) => {
    const moved: Delivery[] = [];
    for (const from of deliveries) {
      const actor = `worker:${worker}`;
      const move = passing
        ? { ...toQueue(from), patch: { due_at: at + ctx.settings.dispatch.retryDelay } }
        : FAILED;
      const row = await transition(tx, { ...move, from, actor, at });
      if (row !== undefined) moved.push(row);
    }
    // Of the others another worker may hold a claim by now, and the places with it.
    await releasePlaces(tx, ctx, moved);
  });
}

const FAILED = {
  to: 'failed',
  code: 'BUILD_FAILED',
  reason: 'The message could not be put together; nothing was sent.',
} as const;

function toQueue({ reason_code: code, reason }: Delivery) {
  return { to: 'queued', code, reason } as const;
}
