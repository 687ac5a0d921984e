import { type ApprovedMessage, loadDischarges } from '../approval/load-discharges.ts';
import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Address } from '../identity/address.ts';
import { listTagsOf } from '../messages/list-tags-of.ts';
import { toOutboundContent } from '../messages/to-outbound-content.ts';
import type { BudgetFacts, HeaderFinding, SendFacts } from '../policy/facts.ts';
import type { Decision } from '../policy/finding.ts';
import { type FactsInput, loadFactsOfAlike } from '../policy/load-facts.ts';
import type { Category } from '../policy/modes.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { decideObserved } from '../telemetry/decide-observed.ts';

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
  const [decided] = await decideAlike(tx, ctx, [input]);
  if (decided === undefined) throw new MailwardenError('INTERNAL');
  return decided;
}

/** The same for several messages of one group of `groupAlike`, in order. */
export async function decideAlike(
  tx: Tx,
  ctx: Context,
  inputs: readonly [DecideOutboundInput, ...DecideOutboundInput[]],
): Promise<readonly OutboundDecision[]> {
  const ids = inputs.map(({ message }) => message.id);
  const tags = await listTagsOf(tx, ctx, 'message', ids);
  const [first, ...rest] = inputs;
  const ask = (input: DecideOutboundInput) => toQuestion(input, tags.get(input.message.id) ?? []);
  const all = await loadFactsOfAlike(tx, ctx, [ask(first), ...rest.map(ask)]);
  const discharges = await loadDischarges(tx, ctx, inputs.map(toApproved));
  return all.map((facts, at) => ({
    facts,
    decision: decideObserved(ctx, facts, discharges.get(ids[at] ?? '')),
  }));
}

/** Of one envelope the strictest: one blocked recipient blocks it for all. */
function toApproved({ message, deliveries }: DecideOutboundInput): ApprovedMessage {
  const { id, revision, digest } = message;
  const spent = deliveries.flatMap(({ spent_approval }) => spent_approval ?? []).sort();
  return { id, revision, digest, spent: spent.at(-1) };
}

function toQuestion(
  { message, mailbox, phase, deliveries, budgets }: DecideOutboundInput,
  tags: readonly string[],
): FactsInput {
  return {
    phase,
    mailbox,
    content: toOutboundContent(message),
    recipients: deliveries.map((delivery) => delivery.recipient as Address),
    deliveries,
    tags,
    storedDigest: message.digest ?? '',
    headerFindings: JSON.parse(message.header_findings ?? '[]') as HeaderFinding[],
    ...(message.requested_category === null
      ? {}
      : { requestedCategory: message.requested_category as Category }),
    budgets,
  };
}
