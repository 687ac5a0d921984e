import { recordExpired } from '../approval/feedback/record-expired.ts';
import { dropViews } from '../approval/groups/drop-views.ts';
import type { Context } from '../context.ts';
import { settleBySentFolder } from '../deliveries/settle-by-sent-folder.ts';
import { transition } from '../deliveries/transition.ts';
import { appendEvents } from '../events/append-event.ts';
import { finishResuming } from '../pauses/wake-paused.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { sweepThrottles } from '../throttle/sweep-throttles.ts';
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
    () => ctx.storage.unit((tx) => expireReviews(tx, ctx)),
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

async function expireReviews(tx: Tx, ctx: Context): Promise<void> {
  const now = ctx.now();
  await warnReviews(tx, ctx);
  const rows = await lockSome(tx, ctx, (query) =>
    query
      .where('state', '=', 'held')
      .where('parked', '=', 0)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('message')
            .select('message.id')
            .whereRef('message.tenant', '=', 'delivery.tenant')
            .whereRef('message.id', '=', 'delivery.message_id')
            .where('message.review_expires_at', '<=', now),
        ),
      ),
  );
  for (const from of rows) {
    await transition(tx, {
      from,
      to: 'expired',
      code: 'REVIEW_EXPIRED',
      reason: 'Nobody decided in time; send it again if it still matters.',
      actor: 'system',
      at: now,
    });
  }
  await recordExpired(tx, ctx, rows);
}

/** Tells once, when four fifths of the time to decide are gone. */
async function warnReviews(tx: Tx, ctx: Context): Promise<void> {
  const now = ctx.now();
  const rows = await tx
    .updateTable('message')
    .set({ review_warned: 1 })
    .where('tenant', '=', ctx.tenant)
    .where('review_warned', '=', 0)
    .where('review_expires_at', '<=', now + ctx.settings.reviewExpiry / 5)
    .where('review_expires_at', '>', now)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('delivery')
          .select('delivery.id')
          .whereRef('delivery.tenant', '=', 'message.tenant')
          .whereRef('delivery.message_id', '=', 'message.id')
          .where('delivery.state', '=', 'held'),
      ),
    )
    .returning(['id', 'mailbox'])
    .execute();
  await appendEvents(
    tx,
    ctx.tenant,
    rows.map((row) => ({
      at: now,
      type: 'review.expiring',
      actor: 'system',
      mailbox: row.mailbox,
      messageId: row.id,
    })),
  );
}

function lockSome(
  tx: Tx,
  ctx: Context,
  narrow: (query: DeliveryQuery) => DeliveryQuery,
): Promise<Delivery[]> {
  return lockFree(ctx, narrow(selectDeliveries(tx, ctx)).limit(BATCH));
}
