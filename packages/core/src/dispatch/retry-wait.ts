import { isRateReply } from '../throttle/is-rate-reply.ts';
import { classifyReply } from '../transport/classify-reply.ts';
import type { RecipientOutcome } from '../transport/classify-result.ts';
import { REPLY_REASONS } from '../transport/reply-reasons.ts';
import { retryDelay } from './retry-delay.ts';

/** What is known when an attempt has failed for now. */
export interface RetryQuestion {
  /** Attempts made so far, 1 or more. */
  readonly attempts: number;
  /** First delay, ms. */
  readonly delay: number;
  /** Until the limit of all retries, ms; below 0: it is over. */
  readonly left: number;
  /** 0 ≤ random < 1. */
  readonly random: number;
}

/**
 * How long until the next attempt, ms; `undefined` when there is none. What cannot be better in a
 * minute waits longer from the start, but is never given up the sooner for it: its last attempt is
 * then at the limit.
 */
export function retryWait(
  outcome: Pick<RecipientOutcome, 'code' | 'phase' | 'reply'>,
  { attempts, delay, left, random }: RetryQuestion,
): number | undefined {
  const usual = retryDelay({ attempts, delay, random });
  const longer = retryDelay({ attempts, delay: delay * factorOf(outcome), random });
  const wait = Math.max(usual, longer, askedWait(outcome));
  if (wait <= left) return wait;
  return usual <= left ? left : undefined;
}

const GREYLISTED = /gr[ae]y-?list/i;

/** Longest wait that a server may ask for, ms. */
const LONGEST_ASKED = 3_600_000;

/** Nobody answers, or a fault of the server: that may be over soon. */
const SOON = 1;
/** Postgrey and its kind let a stranger in after five minutes by default. */
const GREYLIST = 5;
/** A server that asked for less; its limits are slowed, too. */
const RATE = 5;
/** Credentials, certificates and names need somebody to mend them. */
const SETUP = 5;
/** A full mailbox is not emptied in a minute. */
const MAILBOX = 30;

const NEEDS_SETUP: readonly string[] = [
  'AUTHENTICATION_FAILED',
  'HOST_NOT_RESOLVED',
  'TLS_FAILED',
  'SECURITY_ERROR',
  'FAILED_STARTTLS',
];

function factorOf({
  code,
  phase,
  reply,
}: Pick<RecipientOutcome, 'code' | 'phase' | 'reply'>): number {
  if (NEEDS_SETUP.includes(code)) return SETUP;
  if (reply === undefined) return SOON;
  if (GREYLISTED.test(reply.text)) return GREYLIST;
  if (isRateReply(reply, phase)) return RATE;
  const { reason } = classifyReply(reply, phase);
  if (reason === 'accepted') return SOON;
  return REPLY_REASONS[reason].family === 'mailbox' ? MAILBOX : SOON;
}

/** "Greylisted, try again in 600 seconds": a server that greylists says for how long, ms. */
function askedWait({ reply }: Pick<RecipientOutcome, 'reply'>): number {
  const text = reply?.text ?? '';
  if (!GREYLISTED.test(text)) return 0;
  const [, digits, unit] = /\b(\d{1,5}) ?(s|m)(?:ec|in)?[a-z]*\b/i.exec(text) ?? [];
  if (digits === undefined) return 0;
  const length = Number(digits) * (unit?.toLowerCase() === 'm' ? 60_000 : 1_000);
  return Math.min(length, LONGEST_ASKED);
}
