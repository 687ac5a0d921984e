import { maskSlots } from '../compose/slots.ts';
import type { Context } from '../context.ts';
import type { PreviewResult } from '../principal/handles.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import type { SendEmailInput } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { composeOutbound } from './send/compose-outbound.ts';
import { decideSubmission } from './send/decide-submissions.ts';
import { fanOut } from './send/fan-out.ts';
import { parseDraft } from './send/parse-draft.ts';
import { resolveDraft } from './send/resolve-draft.ts';
import { toRefusal } from './to-refusal.ts';

/** Decides and renders the first message as `send` would now; records and reserves nothing. */
export async function previewEmail(
  ctx: Context,
  principal: AgentPrincipal,
  input: SendEmailInput,
): Promise<Outcome<PreviewResult>> {
  try {
    const draft = parseDraft(ctx, principal, input);
    const { db } = ctx.storage;
    const [single] = fanOut(await resolveDraft(db, ctx, draft));
    if (single === undefined) throw new TypeError('no draft');
    const { content, notices } = composeOutbound(ctx, single);
    const submission = { principal, draft: single.draft, content };
    const { decision } = await decideSubmission(db, ctx, submission);
    return {
      status: 'ok',
      decision: decision.effect,
      code: decision.code,
      reason: decision.message,
      category: content.category,
      subject: content.subject,
      text: maskSlots(content.text, content.nonce),
      html: maskSlots(content.html, content.nonce),
      notices,
    };
  } catch (error) {
    return toRefusal(error);
  }
}
