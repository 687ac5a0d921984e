import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { toDecisionData } from '../events/to-decision-data.ts';
import type { Address } from '../identity/address.ts';
import type { Decision } from '../policy/finding.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { FACT_RECHECK_AFTER, openFactTask } from '../tasks/open-fact-task.ts';
import { decideOutbound } from './decide-outbound.ts';
import { isParked } from './is-parked.ts';
import { lockMailboxes } from './lock-mailboxes.ts';
import { parkDelivery, RECONSIDER_AFTER } from './park-delivery.ts';

/**
 * Decides again on parked deliveries and those that wait for a fact, message by message. What is
 * allowed now goes back to the queue, where the claim decides once more; what is still in the way
 * waits on without a word; and for anything new a person is asked, or the delivery ends, as at
 * claim. Returns how many moved.
 */
export async function reconsiderHeld(tx: Tx, ctx: Context, limit: number): Promise<number> {
  const rows = (await selectParked(tx, ctx, limit)).filter((row) => ctx.mailboxes.has(row.mailbox));
  const identities = rows.map((row) => ctx.keys.identify(row.recipient as Address));
  await lockRecipients(tx, ctx, identities);
  await lockMailboxes(
    tx,
    ctx,
    rows.map((row) => row.mailbox),
  );
  let moved = 0;
  for (const [messageId, deliveries] of Map.groupBy(rows, (row) => row.message_id)) {
    moved += await reconsider(tx, ctx, messageId, deliveries);
  }
  return moved;
}

function selectParked(tx: Tx, ctx: Context, limit: number): Promise<Delivery[]> {
  const query = tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('state', '=', 'held')
    .where((eb) => eb.or([eb('parked', '=', 1), eb('fact_task_id', 'is not', null)]))
    .where('due_at', '<=', ctx.now())
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit);
  if (!ctx.storage.capabilities.supportsRowLocks) return query.execute();
  return query.forUpdate().skipLocked().execute();
}

async function reconsider(
  tx: Tx,
  ctx: Context,
  messageId: string,
  deliveries: readonly Delivery[],
): Promise<number> {
  const mailbox = ctx.mailboxes.get(deliveries[0]?.mailbox ?? '');
  if (mailbox === undefined) return 0;
  const message = await tx
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', messageId)
    .executeTakeFirstOrThrow();
  const { decision, facts } = await decideOutbound(tx, ctx, {
    message,
    mailbox,
    phase: 'request',
    deliveries,
    budgets: [],
  });
  const factTask = await openFactTask(tx, ctx, decision);
  let moved = 0;
  for (const from of deliveries) {
    if (isStillWaiting(from, decision, factTask)) {
      await lookLater(tx, ctx, from);
      continue;
    }
    moved += 1;
    if (decision.effect === 'allow' || decision.effect === 'defer') {
      await queue(tx, ctx, { message, from, decision });
    } else await parkDelivery(tx, ctx, { message, from, decision, facts, actor: 'system' });
  }
  return moved;
}

/** The same block or the same missing fact as before: nothing to tell. */
function isStillWaiting(from: Delivery, decision: Decision, factTask: string | null): boolean {
  if (from.reason_code !== decision.code) return false;
  if (isParked(decision) === 1) return true;
  return decision.effect === 'hold' && factTask !== null && factTask === from.fact_task_id;
}

/** No event: nothing has happened. */
async function lookLater(tx: Tx, ctx: Context, from: Delivery): Promise<void> {
  const after = from.fact_task_id === null ? RECONSIDER_AFTER : FACT_RECHECK_AFTER;
  await tx
    .updateTable('delivery')
    .set({ due_at: ctx.now() + after })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', from.id)
    .where('state', '=', 'held')
    .execute();
}

async function queue(
  tx: Tx,
  ctx: Context,
  change: { readonly message: Message; readonly from: Delivery; readonly decision: Decision },
): Promise<void> {
  const { message, from, decision } = change;
  // Not the row's own time: that is when it was to be looked at.
  const due_at = Math.max(ctx.now(), message.send_at ?? 0, decision.until ?? 0);
  await transition(tx, {
    from,
    to: 'queued',
    code: decision.code,
    reason: decision.message,
    actor: 'system',
    at: ctx.now(),
    data: toDecisionData(decision),
    patch: { due_at, parked: 0, fact_task_id: null, policy_epoch: ctx.policy.epoch },
  });
}
