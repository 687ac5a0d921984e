import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { parseAddress } from '../identity/address.ts';
import type { Outcome } from '../operations/outcome.ts';
import { refuseUnknown, toInstant, toList, toText } from '../operations/parse-arguments.ts';
import { findSender } from '../operations/suppress-contact.ts';
import { toRefusal } from '../operations/to-refusal.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import { changePreferences } from './change-preferences.ts';
import { toSenders } from './to-senders.ts';
import { type Maximum, parseMaximum, parseTopics, type Wish } from './wish.ts';

/** What `agent.limitContact` takes: a person asked for less. */
export interface LimitContactInput {
  readonly mailbox?: string;
  readonly address: string;
  /** Topics that they no longer want. */
  readonly declineTopics?: string | readonly string[];
  /** No marketing before: ISO 8601 with offset, or epoch ms. */
  readonly pauseUntil?: string | number;
  readonly maximum?: Maximum;
}

/** What holds for the person after it. */
export interface LimitContactResult {
  readonly address: string;
  readonly declinedTopics: readonly string[];
  readonly pausedUntil?: number;
  readonly maximum?: Maximum;
}

const ARGUMENTS: readonly (keyof LimitContactInput)[] = [
  'mailbox',
  'address',
  'declineTopics',
  'pauseUntil',
  'maximum',
];

/**
 * Less marketing for somebody who asked an agent for it. It can only tighten (P3): a shorter pause,
 * a higher maximum or a topic that was declined change nothing back; that is for the person, on
 * their page, and for the application.
 */
export async function limitContact(
  ctx: Context,
  principal: AgentPrincipal,
  input: LimitContactInput,
): Promise<Outcome<LimitContactResult>> {
  try {
    refuseUnknown(input, ARGUMENTS, 'limit_contact');
    const address = parseAddress(toText(input.address, 'address') ?? '');
    const change = toChange(ctx, input);
    const sender = findSender(ctx, principal, toText(input.mailbox, 'mailbox'));
    const senderIds = toSenders(ctx, sender);
    const actor = `agent:${principal.id}`;
    const wish = await ctx.storage.unit((tx) =>
      changePreferences(tx, ctx, { address, senderIds, actor }, change),
    );
    // It is stored; the journal gets it with the next flush if not now.
    await ctx.journal?.flush().catch(ctx.report);
    const { declinedTopics = [], pausedUntil, maximum } = wish ?? {};
    return {
      ...{ status: 'ok', address, declinedTopics },
      ...(pausedUntil === undefined ? {} : { pausedUntil }),
      ...(maximum === undefined ? {} : { maximum }),
    };
  } catch (error) {
    return toRefusal(error);
  }
}

function toChange(ctx: Context, input: LimitContactInput): (current: Wish) => Wish {
  const declined = parseTopics(toList(input.declineTopics, 'decline_topics'));
  const until = toInstant(input.pauseUntil, 'pause_until');
  const most = input.maximum === undefined ? undefined : parseMaximum(ctx, input.maximum);
  if (declined.length === 0 && until === undefined && most === undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'Say what they want less of: decline_topics, pause_until or a maximum.',
    });
  }
  return (current) => ({
    declinedTopics: [...new Set([...current.declinedTopics, ...declined])].sort(),
    pausedUntil: Math.max(current.pausedUntil ?? 0, until ?? 0) || undefined,
    maximum: tighterOf(current.maximum, most),
  });
}

function tighterOf(current: Maximum | undefined, wanted: Maximum | undefined): Maximum | undefined {
  if (current === undefined || wanted === undefined) return wanted ?? current;
  if (wanted.count <= current.count && wanted.days >= current.days) return wanted;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `At most ${current.count} in ${current.days} days holds already; an agent can only ask for less.`,
    fields: { argument: 'maximum' },
  });
}
