import type { Context } from '../context.ts';
import type { DeliveryState } from '../deliveries/delivery-state.ts';
import { transition } from '../deliveries/transition.ts';
import { releasePlaces } from '../dispatch/release-places.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';

/** Mail that has not been handed to a server, or will be again. */
const OPEN: readonly DeliveryState[] = ['held', 'queued', 'claimed', 'deferred'];

/** What became of the deliveries of some messages. */
export interface Stopped {
  readonly cancelled: number;
  /** Those that are with a server at this moment: nobody can call them back. */
  readonly sending: readonly string[];
}

/**
 * Cancels every open delivery of these messages, to whomever it goes: without its content there is
 * nothing to send to the others either. What a worker has claimed and not begun is taken from it.
 * Keeps the rows locked until the transaction ends.
 */
export async function stopDeliveries(
  tx: Tx,
  ctx: Context,
  messageIds: readonly string[],
): Promise<Stopped> {
  const rows = await lockDeliveries(tx, ctx, messageIds);
  let cancelled = 0;
  for (const from of rows.filter(({ state }) => OPEN.includes(state))) {
    const moved = await transition(tx, {
      from,
      to: 'cancelled',
      code: 'ERASED',
      reason: 'Somebody whom it was to, or about, had their data erased.',
      actor: 'system',
      at: ctx.now(),
      patch: { fact_task_id: null, lease_until: null, lease_owner: null },
    });
    if (moved !== undefined) cancelled += 1;
  }
  await releasePlaces(tx, ctx, rows);
  const sending = rows.filter(({ state }) => state === 'sending').map(({ id }) => id);
  return { cancelled, sending };
}

async function lockDeliveries(
  tx: Tx,
  ctx: Context,
  messageIds: readonly string[],
): Promise<readonly Delivery[]> {
  if (messageIds.length === 0) return [];
  const query = tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', 'in', messageIds)
    // In the order in which everybody else locks them.
    .orderBy('id');
  return ctx.storage.capabilities.supportsRowLocks ? query.forUpdate().execute() : query.execute();
}
