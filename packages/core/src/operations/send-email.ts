import type { Context } from '../context.ts';
import { runSubject } from '../policy/load-budgets.ts';
import type { CallOptions } from '../principal/handles.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import type { SendEmailInput } from './inputs.ts';
import type { SendOutcome, SendResult } from './outcome.ts';
import type { Draft } from './send/draft.ts';
import { toIdempotency } from './send/find-idempotent.ts';
import { parseDraft } from './send/parse-draft.ts';
import { composeOutbound, fanOut, resolveDraft } from './send/resolve-draft.ts';
import { submitMessage } from './send/submit-message.ts';
import { toRefusal } from './to-refusal.ts';

/**
 * Sends mail as an agent: understand → resolve → fan out → compose → decide and record → wake the
 * worker. Marketing to n addresses becomes n messages, each with a decision of its own.
 */
export async function sendEmail(
  ctx: Context,
  principal: AgentPrincipal,
  input: SendEmailInput,
  call?: CallOptions,
): Promise<SendOutcome> {
  try {
    return await sendDraft(ctx, principal, parseDraft(ctx, principal, input), call);
  } catch (error) {
    return toOutcome([toRefusal(error)]);
  }
}

/** The part that sending and replying share. */
export async function sendDraft(
  ctx: Context,
  principal: AgentPrincipal,
  draft: Draft,
  call: CallOptions | undefined,
): Promise<SendOutcome> {
  const resolved = await resolveDraft(ctx.storage.db, ctx, draft);
  const results = await Promise.all(
    fanOut(resolved).map(async (single): Promise<SendResult> => {
      try {
        const { content, notices } = composeOutbound(ctx, single);
        const scope = runSubject(principal, draft.mailbox);
        const idempotency = toIdempotency(single.draft, call, scope);
        const submission = { principal, draft: single.draft, content, notices, idempotency };
        return await submitMessage(ctx, submission);
      } catch (error) {
        return { ...toRefusal(error), to: single.draft.to };
      }
    }),
  );
  ctx.wake();
  return toOutcome(results);
}

function toOutcome(results: readonly SendResult[]): SendOutcome {
  const [
    first = { status: 'unavailable', code: 'INTERNAL', reason: 'Nothing was sent.' } as const,
  ] = results;
  return { ...first, messages: results };
}
