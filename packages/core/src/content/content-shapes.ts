import { checked } from '../shapes/checked.ts';
import { listOf } from '../shapes/collection-shapes.ts';
import { needed, objectOf } from '../shapes/object-of.ts';
import { number, scalar, text } from '../shapes/scalar-shapes.ts';
import { toInstant, toPattern } from './content-values.ts';
import type { FactInput } from './define-fact.ts';
import type { OfferInput } from './define-offer.ts';
import type { Price } from './offer.ts';
import { parseHost } from './parse-host.ts';

const id = text('How it is called in traces.', {
  expected: 'an id of 1 to 64 letters, digits, ".", "_" and "-"',
  matches: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
});

const instant = scalar<string | number>({
  expected: 'ISO 8601 with an offset such as "2027-03-01T00:00:00Z", or epoch ms',
  schema: { type: ['string', 'number'], description: 'ISO 8601 with an offset, or epoch ms.' },
  accepts: (value) => toInstant(value) !== undefined,
});

const price = objectOf<Price>('A price that is really on offer.', {
  amount: needed(number('How much.', { least: 0 })),
  currency: needed(
    text('ISO 4217, e.g. "EUR".', {
      expected: 'an ISO 4217 code such as "EUR"',
      matches: /^[A-Z]{3}$/,
    }),
  ),
});

/** One offer, as `defineOffer` and files give it. */
export const OFFER = checked(
  objectOf<OfferInput>('An offer that marketing may speak of.', {
    id: needed(id),
    percent: number('A discount in percent.', { least: 0, above: true, most: 100 }),
    price,
    code: text('What is typed at the till.', {
      expected: '3 to 40 letters, digits, "-" and "_"',
      matches: /^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$/,
    }),
    startsAt: needed(instant),
    endsAt: needed(instant),
    regions: listOf(
      text('ISO 3166-1 alpha-2.', {
        expected: 'a country such as "DE"',
        matches: /^[A-Z]{2}$/,
      }),
      'Where it holds.',
    ),
    conditions: listOf(
      text('Words.', { expected: 'text that is not empty', matches: /\S/ }),
      'Words that a message has to state.',
    ),
  }),
  ({ percent, price: cost, code, startsAt, endsAt }) => {
    if (percent === undefined && cost === undefined && code === undefined) {
      return 'needs a percent, a price or a code.';
    }
    return (toInstant(endsAt) ?? 0) <= (toInstant(startsAt) ?? 0)
      ? 'ends before it starts.'
      : undefined;
  },
);

/** One fact, as `defineFact` and files give it. */
export const FACT = checked(
  objectOf<FactInput>('Something true that marketing may state.', {
    id: needed(id),
    text: text('The words, 3 characters or more.', {
      expected: 'text of 3 characters or more',
      matches: /^\s*\S[\s\S]+\S\s*$/,
    }),
    pattern: scalar<RegExp | string>({
      expected: 'a regular expression',
      schema: { type: 'string', description: 'For facts that are worded in many ways.' },
      accepts: (value) => toPattern(value) !== undefined,
    }),
  }),
  (fact) => {
    if ((fact.text === undefined) === (fact.pattern === undefined)) {
      return 'needs either text or pattern.';
    }
    // A pattern that fits nothing in particular would support everything.
    return toPattern(fact.pattern)?.test('') === true
      ? 'has a pattern that fits the empty text.'
      : undefined;
  },
);

/** A host that marketing may link to. */
export const LINK_HOST = text('A host; its subdomains are included.', {
  expected: 'a host, no URL and no shortener',
  accepts: (value) => parseHost(value) !== undefined,
});
