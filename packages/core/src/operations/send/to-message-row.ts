import type { Context } from '../../context.ts';
import { toStoredFacts } from '../../policy/replay/stored-facts.ts';
import type { NewMessage } from '../../storage/tables/message.ts';
import type { DecidedSubmission } from './decided-submission.ts';

/** What is stored of a message that was decided on. */
export function toMessageRow(ctx: Context, decided: DecidedSubmission): NewMessage {
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
    digest: facts.content.digest,
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
