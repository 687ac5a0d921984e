import { recordExpired } from '../approval/feedback/record-expired.ts';
import { dropViews } from '../approval/groups/drop-views.ts';
import type { Context } from '../context.ts';
import type { DeliveryState } from '../deliveries/delivery-state.ts';
import { transition } from '../deliveries/transition.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { reconsiderHeld } from './reconsider-held.ts';
import { releasePlaces } from './release-places.ts';

/** Rows of one kind that one sweep looks at. */
const BATCH = 100;

/**
 * What time does by itself: leases that ran out, reviews that nobody made, parked deliveries whose
 * cause may have passed. Returns how many deliveries it moved.
 */
export async function sweep(ctx: Context): Promise<number> {
  const leases = await ctx.storage.unit((tx) => recoverLeases(tx, ctx));
  const reviews = await ctx.storage.unit((tx) => expireReviews(tx, ctx));
  await ctx.storage.unit((tx) => dropViews(tx, ctx));
  const parked = await ctx.storage.unit((tx) => reconsiderHeld(tx, ctx, BATCH));
  return leases + reviews + parked;
}

/**
 * A claim whose worker died goes back to the queue. An attempt whose worker died may have reached
 * the server: it becomes `unknown` and is never queued again by itself (P6).
 */
async function recoverLeases(tx: Tx, ctx: Context): Promise<number> {
  const rows = await selectForUpdate(tx, ctx, ['claimed', 'sending'], (query) =>
    query.where('lease_until', '<=', ctx.storage.clock),
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
    });
  }
  await releasePlaces(tx, ctx, rows);
  return rows.length;
}

async function expireReviews(tx: Tx, ctx: Context): Promise<number> {
  const now = ctx.now();
  await warnReviews(tx, ctx);
  const rows = await selectForUpdate(tx, ctx, ['held'], (query) =>
    query
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
  return rows.length;
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

type DeliveryQuery = ReturnType<typeof selectDeliveries>;

function selectDeliveries(tx: Tx, ctx: Context, states: readonly DeliveryState[]) {
  return tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('state', 'in', states)
    .limit(BATCH);
}

function selectForUpdate(
  tx: Tx,
  ctx: Context,
  states: readonly DeliveryState[],
  narrow: (query: DeliveryQuery) => DeliveryQuery,
): Promise<Delivery[]> {
  const query = narrow(selectDeliveries(tx, ctx, states));
  if (!ctx.storage.capabilities.supportsRowLocks) return query.execute();
  return query.forUpdate().skipLocked().execute();
}
