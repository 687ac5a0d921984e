import type { Context, Mailbox } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { isParked } from '../dispatch/is-parked.ts';
import { lockMailboxes } from '../dispatch/lock-mailboxes.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toDecisionData } from '../events/to-decision-data.ts';
import type { Address } from '../identity/address.ts';
import { listTags } from '../messages/list-tags.ts';
import { toOutboundContent } from '../messages/to-outbound-content.ts';
import type { DecideResult } from '../operations/results.ts';
import { type Discharge, decide, hashEvidence } from '../policy/decide.ts';
import type { SendFacts } from '../policy/facts.ts';
import type { Decision } from '../policy/finding.ts';
import { loadFacts } from '../policy/load-facts.ts';
import { toStoredFacts } from '../policy/replay/stored-facts.ts';
import { isSamePerson } from '../principal/is-same-person.ts';
import type { Tx } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { openFactTask } from '../tasks/open-fact-task.ts';
import type { ReviewCase } from './decide-message.ts';
import { editMessage } from './edit-message.ts';
import { reviewGroupOf } from './groups/review-group.ts';
import { insertApproval } from './insert-approval.ts';
import { toRevisionData } from './to-revision-data.ts';

/**
 * Decides again with what the reviewer was shown discharged. Allowed: the approval is consumed and
 * the message queued, in this transaction. Anything new: it stays held and the reviewer is told.
 */
export async function approveMessage(
  tx: Tx,
  ctx: Context,
  review: ReviewCase,
): Promise<DecideResult> {
  const { held, options } = review;
  const mailbox = getMailbox(ctx, review.message);
  const edited = options.edit !== undefined || options.category !== undefined;
  const said = options.category === undefined ? [] : [saysConversation()];
  const shown = [...listShown(review.message), ...said];
  const message = edited ? await editMessage(tx, ctx, mailbox, review) : review.message;
  const barred = await isFourEyesBarred(tx, ctx, mailbox, review, message);
  if (barred && !edited) {
    throw new MailwardenError('OWN_MESSAGE', { detail: 'You edited this revision.' });
  }
  const recipients = held.map((delivery) => delivery.recipient as Address);
  await lockRecipients(
    tx,
    ctx,
    recipients.map((address) => ctx.keys.identify(address)),
  );
  await lockMailboxes(tx, ctx, [mailbox.address]);
  const facts = await loadFacts(tx, ctx, {
    phase: 'request',
    mailbox,
    content: toOutboundContent(message),
    recipients,
    tags: await listTags(tx, ctx, 'message', message.id),
    // What the reviewer was shown is what is in the row; the approval binds to exactly that.
    storedDigest: message.digest ?? '',
  });
  const decision = decide(ctx.policy, facts, barred ? [] : shown);
  const next = { ...review, message };
  if (decision.effect === 'hold' || (decision.effect === 'block' && decision.retryable)) {
    const review_group = reviewGroupOf(ctx, message, { decision, facts });
    const patch = { parked: isParked(decision), review_group };
    return settle(tx, ctx, next, { to: 'held', decision, facts, patch });
  }
  return decision.effect === 'block'
    ? settle(tx, ctx, next, { to: 'blocked', decision, facts })
    : queue(tx, ctx, next, { decision, facts });
}

function getMailbox(ctx: Context, message: Message): Mailbox {
  const mailbox = ctx.mailboxes.get(message.mailbox);
  if (mailbox !== undefined) return mailbox;
  throw new MailwardenError('MAILBOX_UNKNOWN', { fields: { mailbox: message.mailbox } });
}

/** Every hold of the stored decision that a look can discharge: what the review page shows. */
function listShown(message: Message): readonly Discharge[] {
  if (message.decision === null) return [];
  return (JSON.parse(message.decision) as Decision).findings
    .filter(({ effect, needs, shadow }) => effect === 'hold' && needs !== 'fact' && !shadow)
    .map(({ rule, code, evidenceHash }) => ({ rule, code, evidenceHash }));
}

/** What is discharged by saying that this message is a conversation: for its digest only. */
function saysConversation(): Discharge {
  const found = { rule: 'category-proof', code: 'NOT_A_CONVERSATION' };
  return { ...found, evidenceHash: hashEvidence({ ...found, evidence: {} }) };
}

/** With `fourEyes`, whoever wrote the revision at hand does not approve it. */
async function isFourEyesBarred(
  tx: Tx,
  ctx: Context,
  mailbox: Mailbox,
  { reviewer }: ReviewCase,
  message: Message,
): Promise<boolean> {
  if (mailbox.fourEyes !== true || message.revision === 1) return false;
  const row = await tx
    .selectFrom('message_revision')
    .select('edited_by')
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', message.id)
    .where('revision', '=', message.revision - 1)
    .executeTakeFirst();
  return isSamePerson(reviewer.id, row?.edited_by);
}

async function queue(
  tx: Tx,
  ctx: Context,
  review: ReviewCase,
  { decision, facts }: Pick<Settlement, 'decision' | 'facts'>,
): Promise<DecideResult> {
  const { message, reviewer, options } = review;
  const discharges = decision.findings
    .filter((finding) => finding.discharged)
    .map(({ rule, code, evidenceHash }) => ({ rule, code, evidenceHash }));
  const reason = options.reason?.trim();
  const approval = { message, decision: 'approve', reason, reviewer, discharges } as const;
  await insertApproval(tx, ctx, { ...approval, consumed: true });
  const told = { ...decision, code: 'APPROVED', message: 'A person approved it; it goes out.' };
  const due_at = Math.max(ctx.now(), message.send_at ?? 0, decision.until ?? 0);
  const patch = { due_at, parked: 0, policy_epoch: ctx.policy.epoch } as const;
  return settle(tx, ctx, review, { to: 'queued', decision: told, facts, patch });
}

interface Settlement {
  readonly to: 'held' | 'blocked' | 'queued';
  readonly decision: Decision;
  readonly facts: SendFacts;
  readonly patch?: {
    readonly due_at?: number;
    readonly parked?: 0 | 1;
    readonly policy_epoch?: number;
    readonly review_group?: string | null;
  };
}

/** Stores the decision and moves every held delivery; of concurrent deciders the loser rolls back. */
async function settle(
  tx: Tx,
  ctx: Context,
  review: ReviewCase,
  { to, decision, facts, patch = {} }: Settlement,
): Promise<DecideResult> {
  const { message, held, reviewer, options } = review;
  await storeDecision(tx, ctx, message, { decision, facts });
  const actor = `reviewer:${reviewer.id}`;
  const { code, message: reason } = decision;
  const fact_task_id = to === 'held' ? await openFactTask(tx, ctx, decision) : null;
  const data = { ...toDecisionData(decision), ...toRevisionData(review, message) };
  const given = options.reason?.trim() ?? '';
  const details = given === '' ? {} : { reason: given };
  const set = { ...patch, fact_task_id };
  const move = { to, code, reason, actor, at: ctx.now(), patch: set, data, details };
  for (const from of held) {
    const moved = await transition(tx, { from, ...move });
    if (moved === undefined) throw new MailwardenError('NOT_PENDING');
  }
  return {
    messageId: message.id,
    decision: 'approve',
    revision: message.revision,
    state: to,
    code,
    reason,
  };
}

async function storeDecision(
  tx: Tx,
  ctx: Context,
  message: Message,
  { decision, facts }: Pick<Settlement, 'decision' | 'facts'>,
): Promise<void> {
  await tx
    .updateTable('message')
    .set({
      decision: JSON.stringify(decision),
      decision_facts: toStoredFacts(ctx, facts, toOutboundContent(message)),
      policy_version: decision.policyVersion,
      updated_at: ctx.now(),
    })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', message.id)
    .execute();
}
