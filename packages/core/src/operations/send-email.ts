import type { Context } from '../context.ts';
import type { CallOptions } from '../principal/handles.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import type { SendEmailInput } from './inputs.ts';
import type { SendOutcome } from './outcome.ts';
import { parseDraft } from './send/parse-draft.ts';
import { sendDraft } from './send/send-draft.ts';
import { toSendOutcome } from './send/to-send-outcome.ts';
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
    return toSendOutcome([toRefusal(error)]);
  }
}
