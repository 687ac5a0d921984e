import type { Context } from '../../context.ts';
import { fingerprintOutbound } from '../../messages/fingerprint-outbound.ts';
import { runSubject } from '../../policy/agent-budgets.ts';
import type { CallOptions } from '../../principal/handles.ts';
import type { AgentPrincipal } from '../../principal/principal.ts';
import type { SendOutcome, SendResult } from '../outcome.ts';
import { toRefusal } from '../to-refusal.ts';
import { composeOutbound } from './compose-outbound.ts';
import type { Draft } from './draft.ts';
import { fanOut } from './fan-out.ts';
import { toIdempotency } from './find-idempotent.ts';
import { type ResolvedDraft, resolveDraft } from './resolve-draft.ts';
import { submitMessage } from './submit-message.ts';
import { toSendOutcome } from './to-send-outcome.ts';

/** The part that sending and replying share: resolve → fan out → compose → decide and record. */
export async function sendDraft(
  ctx: Context,
  principal: AgentPrincipal,
  draft: Draft,
  call: CallOptions | undefined,
): Promise<SendOutcome> {
  const resolved = await resolveDraft(ctx.storage.db, ctx, draft);
  return submitDraft(ctx, principal, resolved, call);
}

/** Hands the messages of a resolved draft in, before it returns; resolves when they are decided on. */
export async function submitDraft(
  ctx: Context,
  principal: AgentPrincipal,
  resolved: ResolvedDraft,
  call: CallOptions | undefined,
): Promise<SendOutcome> {
  const results = fanOut(resolved).map(async (single): Promise<SendResult> => {
    const { draft } = single;
    try {
      const { content, notices } = composeOutbound(ctx, single);
      const idempotency = toIdempotency(draft, call, runSubject(principal, draft.mailbox));
      const fingerprint = fingerprintOutbound(content);
      const submission = { principal, draft, content, fingerprint, notices, idempotency };
      return await submitMessage(ctx, submission);
    } catch (error) {
      return { ...toRefusal(error), to: draft.to };
    }
  });
  return toSendOutcome(await Promise.all(results));
}
