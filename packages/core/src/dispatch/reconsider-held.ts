import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { toDecisionData } from '../events/to-decision-data.ts';
import type { Decision } from '../policy/finding.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { openFactTask } from '../tasks/open-fact-task.ts';
import { cancelErased } from './cancel-erased.ts';
import { decideOutbound } from './decide-outbound.ts';
import { isParked } from './is-parked.ts';
import { lockDecision } from './lock-decision.ts';
import { type Envelope, lockEnvelopes } from './lock-envelopes.ts';
import { lookLater } from './look-later.ts';
import { parkDelivery } from './park-delivery.ts';
import { setAside } from './set-aside.ts';
import { workBatch } from './work-batch.ts';

/**
 * Decides again on parked deliveries and those that wait for a fact, message by message. What is
 * allowed now goes back to the queue, where the claim decides once more; what is still in the way
 * waits on without a word; and for anything new a person is asked, or the delivery ends, as at
 * claim. Returns how many moved.
 */
export async function reconsiderHeld(ctx: Context, limit: number): Promise<number> {
  const { results } = await workBatch(
    ctx,
    {
      take: (tx, count) => takeHeld(tx, ctx, count),
      decide: (tx, envelopes) => reconsiderAll(tx, ctx, envelopes),
      setAside: (tx, envelope, error) => setAside(tx, ctx, { envelope, error, actor: 'system' }),
    },
    limit,
  );
  return results.reduce((sum, moved) => sum + moved, 0);
}

function takeHeld(tx: Tx, ctx: Context, limit: number): Promise<readonly Envelope[]> {
  return lockEnvelopes(tx, ctx, limit, (query, column) =>
    query
      .where(column('state'), '=', 'held')
      .where((eb) => eb.or([eb('parked', '=', 1), eb('fact_task_id', 'is not', null)]))
      .where('due_at', '<=', ctx.now())
      // Of mailboxes and an epoch that this process knows, as at claim.
      .where('policy_epoch', '<=', ctx.policy.epoch)
      .where(column('mailbox'), 'in', [...ctx.mailboxes.keys()]),
  );
}

async function reconsiderAll(
  tx: Tx,
  ctx: Context,
  envelopes: readonly Envelope[],
): Promise<readonly number[]> {
  await lockDecision(tx, ctx, envelopes.flat());
  const moved: number[] = [];
  for (const envelope of envelopes) moved.push(await reconsider(tx, ctx, envelope));
  return moved;
}

async function reconsider(tx: Tx, ctx: Context, deliveries: Envelope): Promise<number> {
  const [first] = deliveries;
  const mailbox = ctx.mailboxes.get(first.mailbox);
  if (mailbox === undefined) return 0;
  const message = await tx
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', first.message_id)
    .executeTakeFirstOrThrow();
  if (message.erased_at !== null) {
    await cancelErased(tx, ctx, deliveries, 'system');
    return deliveries.length;
  }
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
