import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Outcome } from '../operations/outcome.ts';
import { listMailboxes } from '../operations/resolve-mailbox.ts';
import { toRefusal } from '../operations/to-refusal.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import { type ConsentInput, parseSender } from './parse-consent.ts';
import { recordConsent } from './record-consent.ts';

/**
 * Writes down what an agent was told. It counts for nothing before a person or the application
 * confirms it (P3), and it can only be about a sender that the agent writes for.
 */
export async function reportConsent(
  ctx: Context,
  principal: AgentPrincipal,
  { address, ...consent }: ConsentInput & { readonly address: string },
): Promise<Outcome<{ readonly consentId: string }>> {
  try {
    const own = new Set(listMailboxes(ctx, principal).flatMap(({ sender }) => sender?.id ?? []));
    const only = own.size === 1 ? [...own][0] : undefined;
    const senderId = parseSender(ctx, consent.senderId ?? only);
    if (!own.has(senderId)) throw new MailwardenError('NOT_PERMITTED');
    const reported = await recordConsent(ctx, {
      address,
      consent: { ...consent, senderId },
      by: `agent:${principal.id}`,
      onBehalfOf: principal.onBehalfOf,
    });
    return { status: 'ok', ...reported };
  } catch (error) {
    return toRefusal(error);
  }
}
