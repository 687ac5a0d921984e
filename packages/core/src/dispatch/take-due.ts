import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import { goesFirst } from '../policy/load-frequency-facts.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { sendingMailboxes } from './sending-mailboxes.ts';

/**
 * Locks what is due, oldest first: about `limit` deliveries, and of every message all that wait
 * together. Of what was taken the highest priority comes first. Other mail keeps one envelope, so that one blocked recipient blocks it for all.
 */
export async function takeDue(
  tx: Tx,
  ctx: Context,
  limit: number,
): Promise<readonly (readonly Delivery[])[]> {
  await promoteDeferred(tx, ctx, limit);
  const groups = await lockWhole(tx, ctx, 'queued', limit);
  return groups.toSorted(([a], [b]) => (a && b && goesFirst(a, b) ? -1 : 1));
}

/** Never waits for a row: whoever waits while holding others may be waited for (a deadlock). */
async function lockWhole(
  tx: Tx,
  ctx: Context,
  state: 'queued' | 'deferred',
  limit: number,
): Promise<readonly (readonly Delivery[])[]> {
  const first = await selectDue(tx, ctx, state, limit);
  if (first.length === 0) return [];
  const messages = [...new Set(first.map((delivery) => delivery.message_id))];
  const whole = whereDue(tx, ctx, state).where('message_id', 'in', messages);
  const taken = await lock(ctx, whole);
  const all = await whole.execute();
  const mine = new Set(taken.map((delivery) => delivery.id));
  // Another worker holds a part of it at this moment: it is left whole, for the next look.
  const split = new Set(all.filter(({ id }) => !mine.has(id)).map(({ message_id }) => message_id));
  const groups = Map.groupBy(taken, (delivery) => delivery.message_id);
  return messages.flatMap((id) => {
    const deliveries = groups.get(id) ?? [];
    if (deliveries.length === 0 || split.has(id)) return [];
    return [deliveries.sort((a, b) => (a.id < b.id ? -1 : 1))];
  });
}

async function promoteDeferred(tx: Tx, ctx: Context, limit: number): Promise<void> {
  const now = ctx.now();
  const due = (await lockWhole(tx, ctx, 'deferred', limit)).flat();
  if (due.length === 0) return;
  const rows = await tx
    .updateTable('delivery')
    .set({ state: 'queued', updated_at: now })
    .where('tenant', '=', ctx.tenant)
    .where('state', '=', 'deferred')
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

function selectDue(
  tx: Tx,
  ctx: Context,
  state: 'queued' | 'deferred',
  limit: number,
): Promise<Delivery[]> {
  if (sendingMailboxes(ctx).length === 0) return Promise.resolve([]);
  return lock(ctx, whereDue(tx, ctx, state).orderBy('due_at').orderBy('id').limit(limit));
}

function whereDue(tx: Tx, ctx: Context, state: 'queued' | 'deferred') {
  return tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('state', '=', state)
    .where('due_at', '<=', ctx.now())
    .where('policy_epoch', '<=', ctx.policy.epoch)
    .where('mailbox', 'in', sendingMailboxes(ctx));
}

function lock(ctx: Context, query: ReturnType<typeof whereDue>): Promise<Delivery[]> {
  if (!ctx.storage.capabilities.supportsRowLocks) return query.execute();
  return query.forUpdate().skipLocked().execute();
}
