import { requireShape } from '../shapes/require-shape.ts';
import { OFFER } from './content-shapes.ts';
import { toInstant } from './content-values.ts';
import type { Offer } from './offer.ts';

/** What {@link defineOffer} takes: an {@link Offer} whose times may be ISO 8601 with offset. */
export interface OfferInput extends Omit<Offer, 'startsAt' | 'endsAt'> {
  readonly startsAt: string | number;
  readonly endsAt: string | number;
}

/**
 * Declares an offer that marketing may speak of. Percentages, prices, codes and deadlines that no
 * running offer (or fact) supports are held; an offer that is over is blocked. Throws
 * `OPTION_UNKNOWN` or `OPTION_INVALID`.
 *
 * @example
 * ```ts
 * import { defineOffer } from '@mailwarden/core';
 *
 * export const spring = defineOffer({
 *   id: 'spring-2027',
 *   percent: 20,
 *   code: 'SPRING20',
 *   startsAt: '2027-03-01T00:00:00Z',
 *   endsAt: '2027-04-01T00:00:00Z',
 *   conditions: ['new customers'],
 * });
 * ```
 */
export function defineOffer(input: OfferInput): Offer {
  requireShape(OFFER, input, 'An offer');
  const startsAt = toInstant(input.startsAt) ?? Number.NaN;
  const endsAt = toInstant(input.endsAt) ?? Number.NaN;
  return Object.freeze({ ...input, startsAt, endsAt });
}
