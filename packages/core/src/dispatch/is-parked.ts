import type { Decision } from '../policy/finding.ts';

/** Holds that no approval ends: what is missing comes from elsewhere, and then they end by themselves. */
const WAITS_FOR_ITSELF: readonly string[] = [
  'SUPPRESSION_SOURCE_STALE',
  'PROVIDER_SPAM_RATE',
  'UNSUBSCRIBE_INTENT_UNCLEAR',
  'BOUNCES_NOT_OBSERVED',
];

/**
 * Whether a held delivery is decided again by itself, and so is never ended by time: a block whose
 * cause can pass, a list that is read again, a rate that falls, a letter that a person
 * reads, a day that passes (P2).
 */
export function isParked({ effect, code, retryable }: Decision): 0 | 1 {
  if (effect === 'block') return retryable ? 1 : 0;
  return effect === 'hold' && WAITS_FOR_ITSELF.includes(code) ? 1 : 0;
}
