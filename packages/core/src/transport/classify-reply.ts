import { REPLY_REASONS, type ReplyFamily, type ReplyReason } from './reply-reasons.ts';
import { REPLY_RULES, type ReplyRule } from './reply-rules.ts';
import type { SmtpPhase, SmtpReply } from './transport.ts';

/** What a reply means for the message and for the address. */
export interface ReplyClass {
  readonly class: 'accepted' | 'transient' | 'permanent';
  readonly reason: ReplyReason | 'accepted';
  readonly family: ReplyFamily;
  /**
   * True when this one reply is evidence enough that the address is dead. Never for `mailbox`,
   * except where the provider itself calls the mailbox abandoned, and never for `host_unknown`,
   * which may be a fault of a name server: that needs several tries over days.
   */
  readonly permanentAddress: boolean;
}

/**
 * Says why a server refused, by the table {@link REPLY_RULES}. `phase` is where the reply came: before RCPT
 * nothing can be about the recipient. 4yz is transient and 5yz permanent, except replies about the
 * session (503, 530, 535 …), which are transient: better credentials may cure them. A reply without
 * a code that is understood counts as transient here; whether it is safe to try again is for
 * `classifyResult` to say.
 */
export function classifyReply(reply: SmtpReply, phase: SmtpPhase): ReplyClass {
  const digit = Math.floor((reply.code ?? 0) / 100);
  if (digit === 2) {
    return { class: 'accepted', reason: 'accepted', family: 'transport', permanentAddress: false };
  }
  const rule = REPLY_RULES.find((one) => applies(one, reply, phase));
  const reason = rule?.reason ?? 'undefined';
  const verdict = rule?.class ?? (digit === 5 ? 'permanent' : 'transient');
  return {
    class: verdict,
    reason,
    family: REPLY_REASONS[reason].family,
    permanentAddress: verdict === 'permanent' && rule?.permanentAddress === true,
  };
}

function applies(rule: ReplyRule, reply: SmtpReply, phase: SmtpPhase): boolean {
  const { codes, detail, text, at } = rule;
  if (at === 'recipient' && (phase === 'connect' || phase === 'mail')) return false;
  if (at === 'content' && phase === 'rcpt') return false;
  if (codes !== undefined && !codes.includes(reply.code ?? 0)) return false;
  if (detail !== undefined && !detail.test(reply.enhanced?.slice(2) ?? '')) return false;
  return text === undefined || text.test(reply.text);
}
