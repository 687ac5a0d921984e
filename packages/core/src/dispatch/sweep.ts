import { dropViews } from '../approval/groups/drop-views.ts';
import type { Context } from '../context.ts';
import { settleBySentFolder } from '../deliveries/settle-by-sent-folder.ts';
import { transition } from '../deliveries/transition.ts';
import { finishResuming } from '../pauses/wake-paused.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { sweepThrottles } from '../throttle/sweep-throttles.ts';
import { expireReviews, warnReviews } from './expire-reviews.ts';
import { type DeliveryQuery, lockFree, selectDeliveries } from './lock-envelopes.ts';
import { reconsiderHeld } from './reconsider-held.ts';
import { releasePlaces } from './release-places.ts';
import { resendLost } from './resend-lost.ts';

/** Rows of one kind that one sweep looks at. */
const BATCH = 100;

/**
 * What time does by itself: leases that ran out, what is sent once more, reviews that nobody made, parked deliveries whose
 * cause may have passed. Each by itself: a fault in one is reported and stops neither the others
 * nor the mail.
 */
export async function sweep(ctx: Context): Promise<void> {
  const chores = [
    () => ctx.storage.unit((tx) => recoverLeases(tx, ctx)),
    () => ctx.storage.unit((tx) => resendLost(tx, ctx, BATCH)),
    () => warnReviews(ctx, BATCH),
    () => expireReviews(ctx, BATCH),
    () => ctx.storage.unit((tx) => dropViews(tx, ctx)),
    () => reconsiderHeld(ctx, BATCH),
    () => finishResuming(ctx),
    () => sweepThrottles(ctx),
  ];
  for (const chore of chores) await chore().then(() => {}, ctx.report);
}

/**
 * A claim whose worker died goes back to the queue. An attempt whose worker died may have reached
 * the server: it becomes `unknown` and is never queued again by itself (P6).
 */
async function recoverLeases(tx: Tx, ctx: Context): Promise<void> {
  const rows = await lockSome(tx, ctx, (query) =>
    query
      .where('state', 'in', ['claimed', 'sending'])
      .where('lease_until', '<=', ctx.storage.clock),
  );
  for (const from of rows) {
    const died = from.state === 'sending';
    await transition(tx, {
      from,
      to: died ? 'unknown' : 'queued',
      code: died ? 'WORKER_LOST' : from.reason_code,
      reason: died
        ? 'The worker stopped after the attempt began; the server may have the message.'
        : from.reason,
      actor: 'system',
      at: ctx.now(),
      ...(died ? { data: { attempt: from.attempts } } : {}),
    });
  }
  const lost = rows.filter(({ state }) => state === 'sending').map((row) => row.message_id);
  // The copy may have been seen before anybody knew that the worker was gone.
  await settleBySentFolder(tx, ctx, lost);
  await releasePlaces(tx, ctx, rows);
}

function lockSome(
  tx: Tx,
  ctx: Context,
  narrow: (query: DeliveryQuery) => DeliveryQuery,
): Promise<Delivery[]> {
  return lockFree(ctx, narrow(selectDeliveries(tx, ctx)).limit(BATCH));
}
