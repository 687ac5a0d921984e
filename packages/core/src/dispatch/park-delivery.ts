import { reviewGroupOf } from '../approval/groups/review-group.ts';
import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { toDecisionData } from '../events/to-decision-data.ts';
import { toOutboundContent } from '../messages/to-outbound-content.ts';
import type { SendFacts } from '../policy/facts.ts';
import type { Decision } from '../policy/finding.ts';
import { toStoredFacts } from '../policy/replay/stored-facts.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { FACT_RECHECK_AFTER, openFactTask } from '../tasks/open-fact-task.ts';
import { isParked } from './is-parked.ts';

/** How long until a parked delivery is decided again by itself, ms. */
export const RECONSIDER_AFTER = 60_000;

/** A rule that puts off until the past would have the worker look again at once, for ever, ms. */
const SHORTEST_WAIT = 1_000;

/**
 * What a claim, or a later look, does with a delivery that may not go out now: `defer` waits,
 * `hold` goes back to a person or waits for a fact, `block` ends it, unless its cause can pass by
 * itself: then it is held and never ended (P2).
 */
export async function parkDelivery(
  tx: Tx,
  ctx: Context,
  park: {
    message: Message;
    from: Delivery;
    decision: Decision;
    facts: SendFacts;
    actor: string;
  },
): Promise<void> {
  const { message, from, decision } = park;
  const at = ctx.now();
  const to = toState(decision);
  const factTask = await openFactTask(tx, ctx, decision);
  const recheck = factTask === null ? RECONSIDER_AFTER : FACT_RECHECK_AFTER;
  const until = Math.max(decision.until ?? 0, at + SHORTEST_WAIT);
  const due = decision.effect === 'defer' ? until : at + recheck;
  await transition(tx, {
    from,
    to,
    code: decision.code,
    reason: decision.message,
    actor: park.actor,
    at,
    data: toDecisionData(decision),
    patch: {
      due_at: due,
      parked: isParked(decision),
      fact_task_id: factTask,
      review_group: to === 'held' ? reviewGroupOf(ctx, message, park) : null,
    },
  });
  await tx
    .updateTable('message')
    .set({
      decision: JSON.stringify(decision),
      decision_facts: toStoredFacts(ctx, park.facts, toOutboundContent(message)),
      policy_version: decision.policyVersion,
      updated_at: at,
      ...(to === 'held'
        ? { review_expires_at: at + ctx.settings.reviewExpiry, review_warned: 0 as const }
        : {}),
    })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', message.id)
    .execute();
}

function toState(decision: Decision): 'deferred' | 'held' | 'blocked' {
  if (decision.effect === 'defer') return 'deferred';
  if (decision.effect === 'block' && !decision.retryable) return 'blocked';
  return 'held';
}
