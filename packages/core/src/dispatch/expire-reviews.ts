import { sql } from 'kysely';
import { recordExpired } from '../approval/feedback/record-expired.ts';
import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Db, Tx } from '../storage/database.ts';
import { unindexed } from '../storage/unindexed.ts';
import { lockFree, selectDeliveries } from './lock-envelopes.ts';

/**
 * Tells once, when four fifths of the time to decide are gone. Each message is looked at once in
 * its life, whatever became of it, so that a look costs what is new and not what waits.
 */
export async function warnReviews(ctx: Context, limit: number): Promise<void> {
  const ids = await findToWarn(ctx, limit);
  // Looking first keeps an idle process from taking the lock.
  if (ids.length > 0) await ctx.storage.unit((tx) => warn(tx, ctx, ids));
}

async function findToWarn({ storage, ...ctx }: Context, limit: number): Promise<readonly string[]> {
  const now = ctx.now();
  const rows = await storage.db
    .selectFrom('message')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('review_warned', '=', sql.lit(0))
    .where('review_expires_at', '<=', now + ctx.settings.reviewExpiry / 5)
    .where('review_expires_at', '>', now)
    .orderBy('review_expires_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

async function warn(tx: Tx, ctx: Context, ids: readonly string[]): Promise<void> {
  const warned = await tx
    .updateTable('message')
    .set({ review_warned: 1 })
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', ids)
    .where('review_warned', '=', 0)
    .returning(['id', 'mailbox'])
    .execute();
  const held = await selectHeld(
    tx,
    ctx,
    warned.map(({ id }) => id),
  )
    .select('message_id')
    .execute();
  const waiting = new Set(held.map((row) => row.message_id));
  await appendEvents(
    tx,
    ctx.tenant,
    warned
      .filter(({ id }) => waiting.has(id))
      .map((row) => ({
        at: ctx.now(),
        type: 'review.expiring',
        actor: 'system',
        mailbox: row.mailbox,
        messageId: row.id,
      })),
  );
}

/**
 * Ends what nobody decided in time. It goes from the messages whose time is over to what is held of
 * them, and forgets the time of those of which nothing is: so it never reads all that waits.
 */
export async function expireReviews(ctx: Context, limit: number): Promise<void> {
  const rows = await ctx.storage.db
    .selectFrom('message')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('direction', '=', 'outbound')
    .where('review_expires_at', '<=', ctx.now())
    .orderBy('review_expires_at')
    .limit(limit)
    .execute();
  if (rows.length > 0) {
    await ctx.storage.unit((tx) =>
      expire(
        tx,
        ctx,
        rows.map(({ id }) => id),
      ),
    );
  }
}

async function expire(tx: Tx, ctx: Context, ids: readonly string[]): Promise<void> {
  const now = ctx.now();
  const over = await tx
    .selectFrom('message')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', ids)
    // Somebody may have given it more time since it was found.
    .where('review_expires_at', '<=', now)
    .execute();
  const messages = over.map(({ id }) => id);
  if (messages.length === 0) return;
  const held = selectDeliveries(tx, ctx)
    .where('message_id', 'in', messages)
    .where(unindexed('state'), '=', 'held')
    .where('parked', '=', 0);
  const rows = await lockFree(ctx, held);
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
  await forgetTimes(tx, ctx, messages);
}

/** What is parked gets a new time when a person is asked about it. */
async function forgetTimes(tx: Tx, ctx: Context, messages: readonly string[]): Promise<void> {
  const left = await selectHeld(tx, ctx, messages)
    .select('message_id')
    .where('parked', '=', 0)
    .execute();
  const waiting = new Set(left.map((row) => row.message_id));
  const done = messages.filter((id) => !waiting.has(id));
  if (done.length === 0) return;
  await tx
    .updateTable('message')
    .set({ review_expires_at: null })
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', done)
    .where('review_expires_at', '<=', ctx.now())
    .execute();
}

function selectHeld(db: Db, { tenant }: Pick<Context, 'tenant'>, messages: readonly string[]) {
  return db
    .selectFrom('delivery')
    .where('tenant', '=', tenant)
    .where('message_id', 'in', messages)
    .where(unindexed('state'), '=', 'held');
}
