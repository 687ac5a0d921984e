import { addMonths } from './add-months.ts';
import type { ConsentBasis } from './consent-basis.ts';

/**
 * Months after which an implied consent ends by law (CASL s. 10(10) and (13)): from the purchase,
 * the inquiry, or the end of the subscription or membership.
 */
const CLOCKS: Partial<Record<ConsentBasis, number>> = {
  implied_purchase: 24,
  implied_inquiry: 6,
  implied_subscription: 24,
  implied_membership: 24,
};

/** When a consent ends, epoch ms: by its clock, or earlier when the caller said so; null: it does not. */
export function expiryOf(
  basis: ConsentBasis,
  obtainedAt: number,
  wanted: number | undefined,
): number | null {
  const months = CLOCKS[basis];
  const clock = months === undefined ? undefined : addMonths(obtainedAt, months);
  if (clock === undefined) return wanted ?? null;
  return Math.min(clock, wanted ?? clock);
}
