import type { Context } from '../../context.ts';
import { lockMailboxes } from '../../dispatch/lock-mailboxes.ts';
import { digestOutbound } from '../../messages/digest-outbound.ts';
import type { OutboundContent } from '../../messages/outbound-content.ts';
import type { SendFacts } from '../../policy/facts.ts';
import type { Decision } from '../../policy/finding.ts';
import { loadAgentBudgets } from '../../policy/load-budgets.ts';
import { loadFacts } from '../../policy/load-facts.ts';
import { lockRun } from '../../policy/lock-run.ts';
import type { AgentPrincipal } from '../../principal/principal.ts';
import { findErased, keepErased } from '../../rights/keep-erased.ts';
import type { Db, Tx } from '../../storage/database.ts';
import { lockRecipients } from '../../suppression/lock-recipients.ts';
import { decideObserved } from '../../telemetry/decide-observed.ts';
import type { SendResult } from '../outcome.ts';
import type { Draft } from './draft.ts';
import { findDuplicateContent } from './find-duplicate-content.ts';
import { findIdempotent, type Idempotency } from './find-idempotent.ts';
import { recordMessage } from './record-message.ts';
import { lockRevised, takeRevised } from './take-revised.ts';

/** One message that is ready to be decided on. */
export interface Submission {
  readonly principal: AgentPrincipal;
  readonly draft: Draft;
  readonly content: OutboundContent;
  readonly notices: readonly string[];
  readonly idempotency: Idempotency;
  /** Stores what belongs to the message, or says which earlier one it repeats. */
  readonly prepare?: (tx: Tx) => Promise<SendResult | undefined>;
}

/**
 * Decides and records in one transaction: locks, idempotency, revision, same content, facts,
 * decision, rows, budgets, events. A fault rolls all of it back; nothing was decided then (P2).
 */
export function submitMessage(ctx: Context, submission: Submission): Promise<SendResult> {
  return ctx.storage.unit(async (tx) => {
    const { content, principal, draft } = submission;
    const recipients = [...content.to, ...content.cc, ...content.bcc];
    await lockRevised(tx, ctx, draft);
    await lockRecipients(
      tx,
      ctx,
      recipients.map((address) => ctx.keys.identify(address)),
    );
    await lockMailboxes(tx, ctx, [draft.mailbox.address]);
    await lockRun(tx, ctx, principal);
    const earlier = await findIdempotent(tx, ctx, submission);
    if (earlier !== undefined) return earlier;
    const same = await findDuplicateContent(tx, ctx, content);
    if (same !== undefined) return same;
    const repeated = await submission.prepare?.(tx);
    if (repeated !== undefined) return repeated;
    const revised = await takeRevised(tx, ctx, principal, draft);
    const { decision, facts } = await decideSubmission(tx, ctx, submission);
    const result = await recordMessage(tx, ctx, { ...submission, decision, facts, revised });
    if (decision.effect === 'block') {
      await keepErased(tx, ctx, content.id, await findErased(tx, ctx, recipients));
    }
    return result;
  });
}

/** The decision at request; `preview` asks the same and records nothing. */
export async function decideSubmission(
  db: Db,
  ctx: Context,
  { principal, draft, content }: Pick<Submission, 'principal' | 'draft' | 'content'>,
): Promise<{ readonly decision: Decision; readonly facts: SendFacts }> {
  const facts = await loadFacts(db, ctx, {
    phase: 'request',
    mailbox: draft.mailbox,
    content,
    tags: draft.tags,
    storedDigest: digestOutbound(content, draft.mailbox),
    headerFindings: draft.headerFindings,
    budgets: (recipients) =>
      loadAgentBudgets(db, ctx, {
        principal,
        mailbox: draft.mailbox,
        count: recipients.length,
        first: recipients.filter((recipient) => recipient.firstContact).length,
      }),
    ...(draft.requestedCategory === undefined
      ? {}
      : { requestedCategory: draft.requestedCategory }),
  });
  return { decision: decideObserved(ctx, facts), facts };
}
