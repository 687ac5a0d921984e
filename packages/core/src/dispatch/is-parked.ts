import type { Decision } from '../policy/finding.ts';

/** Holds that no person ends: what is missing comes by itself. */
const WAITS_FOR_ITSELF: readonly string[] = ['SUPPRESSION_SOURCE_STALE', 'PROVIDER_SPAM_RATE'];

/**
 * Whether a held delivery is decided again by itself, and so is never ended by time: a block whose
 * cause can pass, a list that is read again, or a rate that falls (P2).
 */
export function isParked({ effect, code, retryable }: Decision): 0 | 1 {
  if (effect === 'block') return retryable ? 1 : 0;
  return effect === 'hold' && WAITS_FOR_ITSELF.includes(code) ? 1 : 0;
}
