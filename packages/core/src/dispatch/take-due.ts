import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import { goesFirst } from '../policy/load-frequency-facts.ts';
import type { Tx } from '../storage/database.ts';
import { unindexed } from '../storage/unindexed.ts';
import {
  type Envelope,
  indexed,
  lockEnvelopes,
  type Narrow,
  selectDeliveries,
} from './lock-envelopes.ts';
import { sendingMailboxes } from './sending-mailboxes.ts';

/**
 * Locks what is due, oldest first: about `limit` deliveries, and of every message all that wait
 * together. Of what was taken the highest priority comes first. Other mail keeps one envelope, so that one blocked recipient blocks it for all.
 */
export async function takeDue(tx: Tx, ctx: Context, limit: number): Promise<readonly Envelope[]> {
  if (sendingMailboxes(ctx).length === 0) return [];
  const envelopes = await lockEnvelopes(tx, ctx, limit, isDue(ctx, 'queued'));
  return envelopes.toSorted(([a], [b]) => (goesFirst(a, b) ? -1 : 1));
}

/**
 * Puts deferred mail whose time has come back into the queue, about `limit` deliveries, in a unit of
 * its own: a row that then cannot be decided on is in the queue, from where it can be held.
 */
export async function promoteDeferred(ctx: Context, limit: number): Promise<void> {
  if (sendingMailboxes(ctx).length === 0) return;
  const due = isDue(ctx, 'deferred')(selectDeliveries(ctx.storage.db, ctx), indexed).limit(1);
  if ((await due.execute()).length > 0) await ctx.storage.unit((tx) => promote(tx, ctx, limit));
}

async function promote(tx: Tx, ctx: Context, limit: number): Promise<void> {
  const now = ctx.now();
  const due = (await lockEnvelopes(tx, ctx, limit, isDue(ctx, 'deferred'))).flat();
  if (due.length === 0) return;
  const rows = await tx
    .updateTable('delivery')
    .set({ state: 'queued', updated_at: now })
    .where('tenant', '=', ctx.tenant)
    .where(unindexed('state'), '=', 'deferred')
    .where(
      'id',
      'in',
      due.map((delivery) => delivery.id),
    )
    .returning(['id', 'message_id', 'mailbox', 'reason_code'])
    .execute();
  await appendEvents(
    tx,
    ctx.tenant,
    rows.map((row) => ({
      at: now,
      type: 'delivery.queued',
      actor: 'system',
      mailbox: row.mailbox,
      messageId: row.message_id,
      deliveryId: row.id,
      data: { from: 'deferred', code: row.reason_code },
    })),
  );
}

function isDue(ctx: Context, waiting: 'queued' | 'deferred'): Narrow {
  return (query, column) =>
    query
      .where(column('state'), '=', waiting)
      .where('due_at', '<=', ctx.now())
      .where('policy_epoch', '<=', ctx.policy.epoch)
      .where(column('mailbox'), 'in', sendingMailboxes(ctx));
}
