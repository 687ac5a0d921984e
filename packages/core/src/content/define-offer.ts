import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Offer } from './offer.ts';

/** What {@link defineOffer} takes: an {@link Offer} whose times may be ISO 8601 with offset. */
export interface OfferInput extends Omit<Offer, 'startsAt' | 'endsAt'> {
  readonly startsAt: string | number;
  readonly endsAt: string | number;
}

const KEYS: readonly (keyof OfferInput)[] = [
  'id',
  'percent',
  'price',
  'code',
  'startsAt',
  'endsAt',
  'regions',
  'conditions',
];

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
  const unknown = Object.keys(input).filter((key) => !(KEYS as readonly string[]).includes(key));
  if (unknown.length > 0) {
    throw new MailwardenError('OPTION_UNKNOWN', {
      detail: `An offer has no ${unknown.join(', ')}; it has ${KEYS.join(', ')}.`,
      fields: { unknown },
    });
  }
  const { id, percent, price, code, regions, conditions } = input;
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(id)) throw invalid('An offer needs an id.');
  if (percent === undefined && price === undefined && code === undefined) {
    throw invalid(`The offer ${id} needs a percent, a price or a code.`);
  }
  if (percent !== undefined && !(percent > 0 && percent <= 100)) {
    throw invalid(`percent of the offer ${id} has to be above 0 and at most 100.`);
  }
  if (price !== undefined && !(price.amount >= 0 && /^[A-Z]{3}$/.test(price.currency))) {
    throw invalid(`price of the offer ${id} needs an amount and an ISO 4217 currency.`);
  }
  if (code !== undefined && !/^[A-Z0-9][A-Z0-9_-]{2,39}$/i.test(code)) {
    throw invalid(`code of the offer ${id} has 3 to 40 letters, digits, "-" and "_".`);
  }
  if (conditions?.some((condition) => condition.trim() === '') === true) {
    throw invalid(`conditions of the offer ${id} has an empty one.`);
  }
  if (regions !== undefined && !regions.every((region) => /^[A-Z]{2}$/.test(region))) {
    throw invalid(`regions of the offer ${id} are countries such as "DE".`);
  }
  const startsAt = toInstant(id, 'startsAt', input.startsAt);
  const endsAt = toInstant(id, 'endsAt', input.endsAt);
  if (endsAt <= startsAt) throw invalid(`The offer ${id} ends before it starts.`);
  return Object.freeze({ ...input, startsAt, endsAt });
}

function toInstant(id: string, name: string, value: string | number): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const withOffset = typeof value === 'string' && /T.*(?:Z|[+-]\d\d:\d\d)$/.test(value);
  const at = withOffset ? Date.parse(value) : Number.NaN;
  if (Number.isFinite(at)) return at;
  throw invalid(`${name} of the offer ${id} has to be ISO 8601 with an offset, or epoch ms.`);
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}
