import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import type { Address } from '../identity/address.ts';
import type { Decision } from '../policy/finding.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { decideOutbound } from './decide-outbound.ts';
import { lockMailboxes } from './lock-mailboxes.ts';
import { RECONSIDER_AFTER } from './park-delivery.ts';

/** Blocks that can pass by themselves: a claim parks them as held (P2). */
const PARKED = [
  'RULE_ERROR',
  'MODE_READ_ONLY',
  'LOOP_REPLY_LIMIT',
  'TEMPLATE_NOT_APPROVED',
  'NOT_A_CONVERSATION',
];

/**
 * Decides again on parked deliveries. What is allowed now goes back to the queue, where the claim
 * decides once more; everything else stays held and is looked at later.
 */
export async function reconsiderHeld(tx: Tx, ctx: Context, limit: number): Promise<number> {
  const rows = await selectParked(tx, ctx, limit);
  let moved = 0;
  for (const from of rows) {
    if ((await reconsider(tx, ctx, from)) === 'queued') moved += 1;
  }
  return moved;
}

function selectParked(tx: Tx, ctx: Context, limit: number): Promise<Delivery[]> {
  const query = tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('state', '=', 'held')
    .where('reason_code', 'in', PARKED)
    .where('due_at', '<=', ctx.now())
    .orderBy('recipient_canonical')
    .limit(limit);
  if (!ctx.storage.capabilities.supportsRowLocks) return query.execute();
  return query.forUpdate().skipLocked().execute();
}

async function reconsider(
  tx: Tx,
  ctx: Context,
  from: Delivery,
): Promise<'queued' | 'held' | 'skipped'> {
  const mailbox = ctx.mailboxes.get(from.mailbox);
  if (mailbox === undefined) return 'skipped';
  const address = from.recipient as Address;
  await lockRecipients(tx, ctx, [ctx.keys.identify(address)]);
  await lockMailboxes(tx, ctx, [mailbox.address]);
  const message = await tx
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', from.message_id)
    .executeTakeFirstOrThrow();
  const decision = await decideOutbound(tx, ctx, {
    message,
    mailbox,
    phase: 'request',
    recipients: [address],
    budgets: [],
  });
  const to = decision.effect === 'allow' || decision.effect === 'defer' ? 'queued' : 'held';
  await transition(tx, {
    ...toMove(ctx, from, decision),
    from,
    to,
    actor: 'system',
    at: ctx.now(),
  });
  return to;
}

function toMove(ctx: Context, from: Delivery, decision: Decision) {
  const later = ctx.now() + RECONSIDER_AFTER;
  return {
    code: decision.code,
    reason: decision.message,
    patch: {
      due_at: decision.effect === 'allow' ? Math.max(ctx.now(), from.due_at) : later,
      policy_epoch: ctx.policy.epoch,
    },
  };
}
