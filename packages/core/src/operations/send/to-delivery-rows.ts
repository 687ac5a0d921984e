import { uuidv7 } from 'uuidv7';
import { reviewGroup } from '../../approval/groups/review-group.ts';
import type { Context } from '../../context.ts';
import { isParked } from '../../dispatch/is-parked.ts';
import { campaignStep } from '../../messages/campaign-step.ts';
import type { Decision } from '../../policy/finding.ts';
import type { NewDelivery } from '../../storage/tables/delivery.ts';
import { FACT_RECHECK_AFTER } from '../../tasks/open-fact-task.ts';
import type { DecidedSubmission } from './decided-submission.ts';
import { DERIVED_KEY_LIFE } from './find-idempotent.ts';

/** What is stored of each of its recipients. */
export function toDeliveryRows(
  ctx: Context,
  decided: DecidedSubmission,
  factTask: string | null,
): NewDelivery[] {
  const { content, decision, draft, facts, fingerprint, idempotency } = decided;
  const at = ctx.now();
  const fields = (['to', 'cc', 'bcc'] as const).flatMap((field) =>
    content[field].map((address) => ({ field, address })),
  );
  const first = new Set(
    facts.recipients.flatMap((each) => (each.firstContact ? each.address : [])),
  );
  const derived = idempotency.kind === 'derived';
  const recheck = decision.decidedAt + (factTask === null ? 0 : FACT_RECHECK_AFTER);
  const group = toGroup(ctx, decided);
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
      review_group: group,
    };
  });
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

/** What a person decides it together with, while it is held. */
function toGroup(
  ctx: Context,
  { content, decision, draft, facts, principal }: DecidedSubmission,
): string | null {
  if (toState(decision) !== 'held') return null;
  const variables = draft.template === undefined ? {} : draft.variables;
  return reviewGroup(ctx, { content, decision, facts, variables, agent: principal.id });
}
