import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { ReportConsentInput } from '../operations/inputs.ts';
import type { Outcome } from '../operations/outcome.ts';
import {
  refuseUnknown,
  toChoice,
  toInstant,
  toList,
  toText,
} from '../operations/parse-arguments.ts';
import { listMailboxes, resolveMailbox } from '../operations/resolve-mailbox.ts';
import { toRefusal } from '../operations/to-refusal.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import { CONSENT_BASES, type ConsentEvidence } from './consent-basis.ts';
import { type ConsentInput, parseSender } from './parse-consent.ts';
import { recordConsent } from './record-consent.ts';

const ARGUMENTS: readonly (keyof ReportConsentInput)[] = [
  'mailbox',
  'address',
  'basis',
  'method',
  'quote',
  'messageId',
  'topics',
  'wordingVersion',
  'obtainedAt',
];

/** A soft opt-in and a legitimate interest rest on what the operator knows, not on what was said. */
const REPORTABLE = CONSENT_BASES.filter(
  (basis) => basis !== 'soft_opt_in' && basis !== 'legitimate_interest',
);

/**
 * Writes down what an agent was told. It counts for nothing before a person or the application
 * confirms it (P3), and it can only be about a sender that the agent writes for.
 */
export async function reportConsent(
  ctx: Context,
  principal: AgentPrincipal,
  input: ReportConsentInput,
): Promise<Outcome<{ readonly consentId: string }>> {
  try {
    refuseUnknown(input, ARGUMENTS, 'report_consent');
    const reported = await recordConsent(ctx, {
      address: toText(input.address, 'address') ?? '',
      consent: toConsent(input, findSender(ctx, principal, toText(input.mailbox, 'mailbox'))),
      by: `agent:${principal.id}`,
      onBehalfOf: principal.onBehalfOf,
    });
    return { status: 'ok', ...reported };
  } catch (error) {
    return toRefusal(error);
  }
}

/** The sender of the mailbox, or the one that all of the agent's mailboxes have. */
function findSender(ctx: Context, principal: AgentPrincipal, mailbox: string | undefined): string {
  if (mailbox !== undefined) return senderOf(resolveMailbox(ctx, principal, mailbox).sender?.id);
  const own = new Set(listMailboxes(ctx, principal).map(({ sender }) => sender?.id));
  if (own.size > 1) throw new MailwardenError('MAILBOX_REQUIRED');
  return senderOf([...own][0]);

  function senderOf(id: string | undefined): string {
    // Without a sender nobody could have agreed to anything.
    return parseSender(ctx, id ?? '');
  }
}

function toConsent(input: ReportConsentInput, senderId: string): ConsentInput {
  const wordingVersion = toText(input.wordingVersion, 'wording_version')?.trim();
  const obtainedAt = toInstant(input.obtainedAt, 'obtained_at');
  const basis = toChoice(input.basis, 'basis', REPORTABLE);
  if (basis === undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `basis has to be one of ${REPORTABLE.join(', ')}.`,
      fields: { argument: 'basis' },
    });
  }
  return {
    senderId,
    basis,
    topics: toList(input.topics, 'topics'),
    evidence: toEvidence(input),
    ...(wordingVersion === undefined ? {} : { wordingVersion }),
    ...(obtainedAt === undefined ? {} : { obtainedAt }),
  };
}

function toEvidence(input: ReportConsentInput): ConsentEvidence {
  const quote = toText(input.quote, 'quote');
  const messageId = toText(input.messageId, 'message_id')?.trim();
  return {
    method: toText(input.method, 'method') ?? '',
    ...(quote === undefined ? {} : { quote }),
    ...(messageId === undefined ? {} : { messageId }),
  };
}
