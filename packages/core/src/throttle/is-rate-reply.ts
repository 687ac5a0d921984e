import { classifyReply } from '../transport/classify-reply.ts';
import type { SmtpPhase, SmtpReply } from '../transport/transport.ts';

/** Says itself that it is about greylisting, which is about one message and no speed. */
const GREYLISTED = /gr[ae]y-?list/i;
const TOO_FAST =
  /\b(?:rate limit|throttl|too (?:fast|many (?:messages|connections|e-?mails))|slow down)/i;

/**
 * Whether a server asks for less mail rather than refusing this message: 4yz that names a rate
 * (Gmail 4.7.28, Microsoft 4.7.500–699, "rate limited", "too many connections"), or 421 with 4.7.z or
 * "try again later", with which the large providers end a session that is too much for them.
 */
export function isRateReply(reply: SmtpReply, phase: SmtpPhase, host?: string): boolean {
  const { code = 0, enhanced = '', text } = reply;
  if (Math.floor(code / 100) !== 4 || GREYLISTED.test(text)) return false;
  const { reason } = classifyReply(reply, phase, host);
  if (reason === 'speeding' || reason === 'too_many_conn' || TOO_FAST.test(text)) return true;
  if (code !== 421) return false;
  return enhanced.startsWith('4.7.') || (enhanced === '' && /try again later/i.test(text));
}
