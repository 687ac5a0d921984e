import { parseReply } from './parse-reply.ts';
import { REPLY_REASONS, type ReplyFamily, type ReplyReason } from './reply-reasons.ts';
import type { ReplyFacts, ReplyRule } from './reply-rule.ts';
import { REPLY_RULES } from './reply-rules.ts';
import { STATUS_REASONS } from './status-reasons.ts';
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
 * Says why a server refused, by the table `REPLY_RULES`, which reports of other servers are read
 * by, too. `phase` is where the reply came: before RCPT nothing can be about the recipient. 4yz is
 * transient and 5yz permanent, except replies about the session (503, 530, 535 …), which are
 * transient: better credentials may cure them. A reply without a code that is understood counts as
 * transient here; whether it is safe to try again is for `classifyResult` to say. Never throws.
 *
 * ```ts
 * import { classifyReply } from '@mailwarden/core/inbound';
 *
 * const { reason, family } = classifyReply('550 5.1.1 No such user here');
 * // reason: 'user_unknown', family: 'address'
 * ```
 */
export function classifyReply(
  reply: SmtpReply | string,
  phase: SmtpPhase = 'rcpt',
  host = '',
): ReplyClass {
  const { code = 0, enhanced = '', text } = typeof reply === 'string' ? parseReply(reply) : reply;
  const digit = Math.floor(code / 100);
  if (digit === 2) {
    return { class: 'accepted', reason: 'accepted', family: 'transport', permanentAddress: false };
  }
  const rule = findReplyRule({ code, enhanced, text, phase, host: host.toLowerCase() });
  const reason = rule?.reason ?? 'undefined';
  const verdict = rule?.class ?? (digit === 5 ? 'permanent' : 'transient');
  const isDead = rule?.permanentAddress === true || DEAD.has(reason);
  return {
    class: verdict,
    reason,
    family: REPLY_REASONS[reason].family,
    permanentAddress: verdict === 'permanent' && isDead,
  };
}

/** The line of the table that fits, if any does. */
export function findReplyRule(facts: ReplyFacts): ReplyRule | undefined {
  const status = STATUS_REASONS.get(facts.enhanced) ?? '';
  const { text } = facts;
  const readable = text.includes('_')
    ? { ...facts, text: text.replace(JOINED_WORDS, toSpaces) }
    : facts;
  return REPLY_RULES.find((rule) => applies(rule, readable, status));
}

/** Words that a server joins by underscores; no address, and no part of one. */
const JOINED_WORDS =
  /(?<![^\s"'(:])(?:\d{3}_)?[a-z']{1,40}(?:_[a-z']{1,40}){1,12}(?=[\s,;:!?)"]|\.?(?:\s|$))/gi;

function toSpaces(words: string): string {
  return words.replaceAll('_', ' ');
}

/** Reasons that one final answer is enough for. */
const DEAD: ReadonlySet<ReplyReason> = new Set(['user_unknown', 'has_moved', 'not_accept']);

function applies(rule: ReplyRule, facts: ReplyFacts, status: ReplyReason | ''): boolean {
  const { codes, detail, host, text, unless } = rule;
  if (!isPossibleAt(rule, facts.phase)) return false;
  if (rule.hint !== undefined && !rule.hint.some((hint) => hint === facts.hint)) return false;
  if (rule.status !== undefined && !rule.status.includes(status)) return false;
  if (codes !== undefined && !codes.includes(facts.code)) return false;
  if (detail !== undefined && !detail.test(facts.enhanced.slice(2))) return false;
  if (host !== undefined && !host.test(facts.host)) return false;
  if (text !== undefined && !text.test(facts.text)) return false;
  return unless === undefined || !unless.some((pattern) => pattern.test(facts.text));
}

function isPossibleAt({ at, reason }: ReplyRule, phase: SmtpPhase): boolean {
  const isEarly = phase === 'connect' || phase === 'mail';
  const { family } = REPLY_REASONS[reason];
  if (isEarly && (family === 'address' || family === 'mailbox')) return false;
  if (at === undefined) return true;
  if (at === 'content') return !isEarly && phase !== 'rcpt';
  return at === 'dialogue' ? phase !== 'unknown' : phase === at;
}
