import { loadDischarges } from '../approval/load-discharges.ts';
import type { Context, Mailbox } from '../context.ts';
import type { Address } from '../identity/address.ts';
import { listTags } from '../messages/list-tags.ts';
import { toOutboundContent } from '../messages/to-outbound-content.ts';
import { decide } from '../policy/decide.ts';
import type { BudgetFacts, HeaderFinding, SendFacts } from '../policy/facts.ts';
import type { Decision } from '../policy/finding.ts';
import { loadFacts } from '../policy/load-facts.ts';
import type { Category } from '../policy/modes.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';

export interface DecideOutboundInput {
  readonly message: Message;
  readonly mailbox: Mailbox;
  readonly phase: 'request' | 'claim';
  /** Those of the message that are about to go out. */
  readonly deliveries: readonly Delivery[];
  readonly budgets: readonly BudgetFacts[];
}

/** A decision and what it was made from. */
export interface OutboundDecision {
  readonly decision: Decision;
  readonly facts: SendFacts;
}

/** Decides again on a stored message, with what people have approved of it. */
export async function decideOutbound(
  tx: Tx,
  ctx: Context,
  input: DecideOutboundInput,
): Promise<OutboundDecision> {
  const { message, mailbox, phase, deliveries, budgets } = input;
  const facts = await loadFacts(tx, ctx, {
    phase,
    mailbox,
    content: toOutboundContent(message),
    recipients: deliveries.map((delivery) => delivery.recipient as Address),
    deliveries,
    tags: await listTags(tx, ctx, 'message', message.id),
    storedDigest: message.digest ?? '',
    headerFindings: JSON.parse(message.header_findings ?? '[]') as HeaderFinding[],
    ...(message.requested_category === null
      ? {}
      : { requestedCategory: message.requested_category as Category }),
    budgets: () => Promise.resolve(budgets),
  });
  return { facts, decision: decide(ctx.policy, facts, await loadDischarges(tx, ctx, message)) };
}
