import { uuidv7 } from 'uuidv7';
import { reviewGroup } from '../../approval/groups/review-group.ts';
import { upsertContacts } from '../../contacts/upsert-contacts.ts';
import type { Context } from '../../context.ts';
import { isParked } from '../../dispatch/is-parked.ts';
import { appendEvents } from '../../events/append-event.ts';
import { toDecisionData } from '../../events/to-decision-data.ts';
import { addTags } from '../../messages/add-tags.ts';
import { campaignStep } from '../../messages/campaign-step.ts';
import { digestOutbound } from '../../messages/digest-outbound.ts';
import { fingerprintOutbound } from '../../messages/fingerprint-outbound.ts';
import type { SendFacts } from '../../policy/facts.ts';
import type { Decision } from '../../policy/finding.ts';
import { runSubject } from '../../policy/load-budgets.ts';
import { toStoredFacts } from '../../policy/replay/stored-facts.ts';
import { reserve, reserveConversation } from '../../policy/reserve.ts';
import type { Tx } from '../../storage/database.ts';
import type { NewDelivery } from '../../storage/tables/delivery.ts';
import type { NewMessage } from '../../storage/tables/message.ts';
import { FACT_RECHECK_AFTER, openFactTask } from '../../tasks/open-fact-task.ts';
import type { SendResult } from '../outcome.ts';
import { DERIVED_KEY_LIFE } from './find-idempotent.ts';
import type { Submission } from './submit-message.ts';
import type { Revised } from './take-revised.ts';
import { toSendResult } from './to-send-result.ts';

/** A submission with its decision. */
export interface DecidedSubmission extends Submission {
  readonly decision: Decision;
  /** What it was decided on. */
  readonly facts: SendFacts;
  readonly revised: Revised | undefined;
}

/** Writes the message, its deliveries, tags, budgets and events; the caller's transaction commits. */
export async function recordMessage(
  tx: Tx,
  ctx: Context,
  decided: DecidedSubmission,
): Promise<SendResult> {
  const { content, decision, draft, principal } = decided;
  const actor = `agent:${principal.id}`;
  const at = ctx.now();
  const factTask = await openFactTask(tx, ctx, decision);
  const group = toGroup(ctx, decided);
  const deliveries = toDeliveryRows(ctx, decided, factTask).map((row) => ({
    ...row,
    review_group: group,
  }));
  await tx.insertInto('message').values(toMessageRow(ctx, decided)).execute();
  await tx.insertInto('delivery').values(deliveries).execute();
  await tx
    .insertInto('message_id_alias')
    .values({
      tenant: ctx.tenant,
      mailbox: content.mailbox,
      internet_message_id: content.internetMessageId,
      message_id: content.id,
    })
    .execute();
  const people = [...content.to, ...content.cc, ...content.bcc].map((address) => ({ address }));
  const contacts = await upsertContacts(tx, ctx, people);
  const subjects = [
    { kind: 'message' as const, id: content.id },
    ...[...contacts.values()].map((id) => ({ kind: 'contact' as const, id })),
  ];
  await addTags(tx, ctx.tenant, { subjects, tags: draft.tags, owner: actor, at });
  if (decision.effect !== 'block') await reserveBudgets(tx, ctx, decided, deliveries);
  await appendEvents(
    tx,
    ctx.tenant,
    deliveries.map((row) => ({
      at,
      type: `delivery.${row.state}`,
      actor,
      mailbox: content.mailbox,
      messageId: content.id,
      deliveryId: row.id,
      data: {
        code: row.reason_code,
        category: row.category,
        ...campaignOf(row.campaign),
        ...toDecisionData(decision),
      },
      details: toDetails(row.recipient, principal),
      person: row.recipient_canonical,
    })),
  );
  return toSendResult(decided, deliveries[0]?.due_at ?? at);
}

/** For the audit: whom it went to, and on whose behalf. */
function toDetails(
  recipient: string,
  { onBehalfOf, run }: DecidedSubmission['principal'],
): Readonly<Record<string, string>> {
  return {
    recipient,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(run === undefined ? {} : { run }),
  };
}

function campaignOf(campaign: string | null | undefined): { readonly campaign?: string } {
  return campaign == null ? {} : { campaign };
}

function toState(decision: Decision): NewDelivery['state'] {
  switch (decision.effect) {
    case 'allow':
      return 'queued';
    case 'defer':
      return 'deferred';
    case 'hold':
      return 'held';
    case 'block':
      return 'blocked';
  }
}

function toDeliveryRows(
  ctx: Context,
  { content, decision, draft, facts, idempotency }: DecidedSubmission,
  factTask: string | null,
): NewDelivery[] {
  const at = ctx.now();
  const fields = (['to', 'cc', 'bcc'] as const).flatMap((field) =>
    content[field].map((address) => ({ field, address })),
  );
  const first = new Set(
    facts.recipients.flatMap((each) => (each.firstContact ? each.address : [])),
  );
  const fingerprint = fingerprintOutbound(content);
  const derived = idempotency.kind === 'derived';
  const recheck = decision.decidedAt + (factTask === null ? 0 : FACT_RECHECK_AFTER);
  return fields.map(({ field, address }) => {
    const identity = ctx.keys.identify(address);
    return {
      tenant: ctx.tenant,
      id: uuidv7(),
      message_id: content.id,
      mailbox: content.mailbox,
      sender_id: draft.mailbox.sender?.id ?? '',
      recipient: address,
      recipient_exact: identity.exact,
      recipient_canonical: identity.canonical,
      field,
      state: toState(decision),
      parked: toState(decision) === 'held' ? isParked(decision) : 0,
      reason_code: decision.code,
      reason: decision.message,
      category: content.category,
      topic: content.topic ?? null,
      campaign: content.campaign ?? null,
      step: content.campaign === undefined ? null : campaignStep(content),
      due_at: Math.max(recheck, content.sendAt ?? 0, decision.until ?? 0),
      fence: 0,
      lease_until: null,
      lease_owner: null,
      attempts: 0,
      first_attempt_at: null,
      idempotency_key: idempotency.key ?? null,
      idempotency_kind: idempotency.kind ?? null,
      idempotency_expires_at: derived ? at + DERIVED_KEY_LIFE : null,
      request_digest: idempotency.requestDigest,
      content_fingerprint: fingerprint,
      basis: null,
      wording_version: null,
      policy_epoch: ctx.policy.epoch,
      first_contact: first.has(address) ? 1 : 0,
      sent_at: null,
      delivered_at: null,
      bounced_at: null,
      complained_at: null,
      unsubscribed_at: null,
      replied_at: null,
      created_at: at,
      updated_at: at,
      fact_task_id: factTask,
      priority: draft.priority,
    };
  });
}

/** What a person decides it together with, while it is held. */
function toGroup(
  ctx: Context,
  { content, decision, draft, facts, principal }: DecidedSubmission,
): string | null {
  if (toState(decision) !== 'held') return null;
  const variables = draft.template === undefined ? {} : draft.variables;
  return reviewGroup(ctx, { content, decision, facts, variables, agent: principal.id });
}

function toMessageRow(ctx: Context, decided: DecidedSubmission): NewMessage {
  const { content, decision, draft, facts, principal, revised } = decided;
  const at = ctx.now();
  return {
    tenant: ctx.tenant,
    id: content.id,
    mailbox: content.mailbox,
    direction: 'outbound',
    thread_id: content.threadId,
    internet_message_id: content.internetMessageId,
    in_reply_to: content.inReplyTo ?? null,
    parent_id: content.parentId ?? null,
    reference_ids: JSON.stringify(content.references),
    from_address: content.mailbox,
    from_name: content.fromName ?? null,
    to_addresses: JSON.stringify(content.to),
    cc_addresses: JSON.stringify(content.cc),
    bcc_addresses: JSON.stringify(content.bcc),
    reply_to: content.replyTo ?? null,
    subject: content.subject,
    body: content.body,
    text: content.text,
    html: content.html,
    new_text: null,
    headers: JSON.stringify(content.headers),
    attachments: JSON.stringify(content.attachments),
    category: content.category,
    topic: content.topic ?? null,
    campaign: content.campaign ?? null,
    variant: content.variant ?? null,
    template: content.template ?? null,
    template_hash: content.templateHash ?? null,
    variables: draft.template === undefined ? null : JSON.stringify(draft.variables),
    requested_mode: content.requestedMode ?? null,
    requested_category: draft.requestedCategory ?? null,
    header_findings:
      draft.headerFindings.length === 0 ? null : JSON.stringify(draft.headerFindings),
    send_at: content.sendAt ?? null,
    agent: principal.id,
    on_behalf_of: principal.onBehalfOf ?? null,
    run: principal.run ?? null,
    revision: 1,
    revises: revised?.messageId ?? null,
    round: revised?.round ?? 0,
    digest: digestOutbound(content, draft.mailbox),
    nonce: content.nonce,
    decision: JSON.stringify(decision),
    decision_facts: toStoredFacts(ctx, facts, content),
    policy_version: decision.policyVersion,
    policy_epoch: ctx.policy.epoch,
    review_expires_at: decision.effect === 'hold' ? at + ctx.settings.reviewExpiry : null,
    review_warned: 0,
    quarantined: 0,
    auto_submitted: 0,
    inbound_facts: null,
    created_at: at,
    updated_at: at,
  };
}

async function reserveBudgets(
  tx: Tx,
  ctx: Context,
  { principal, draft, facts }: DecidedSubmission,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  const { address } = draft.mailbox;
  const first = deliveries.filter((row) => row.first_contact === 1);
  const run = runSubject(principal, draft.mailbox);
  await reserve(tx, ctx, { kind: 'sends:run', subject: run }, deliveries);
  await reserve(tx, ctx, { kind: 'sends:mailbox', subject: address }, deliveries);
  await reserve(tx, ctx, { kind: 'first:mailbox', subject: address }, first);
  await reserveConversation(tx, ctx, { mailbox: draft.mailbox, facts }, deliveries);
}
