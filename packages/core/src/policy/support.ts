import { escapePattern } from '../compose/escape-pattern.ts';
import type { Claim } from '../compose/find-claims.ts';
import type { Offer } from '../content/offer.ts';
import type { SupportFacts } from './facts.ts';
import { fitsDeadline } from './fits-deadline.ts';

/** What the operator's word says about one claim. */
export type Support =
  | { readonly verdict: 'supported' | 'unsupported' }
  | { readonly verdict: 'expired' | 'not_started' | 'condition_missing'; readonly offer: Offer };

/** The message around a claim. */
export interface Reading {
  readonly text: string;
  /** When it is to leave, epoch ms. */
  readonly at: number;
  /** Ids of the offers that it speaks of. */
  readonly named: ReadonlySet<string>;
}

/**
 * Whether a fact, a remembered claim or an offer stands behind a claim at an instant. Of several
 * offers the best answer counts: one that runs, then one to come, then one that is over.
 */
export function findSupport(
  claim: Claim,
  { offers, facts, claims }: SupportFacts,
  { text, at, named }: Reading,
): Support {
  if (claims.includes(normalise(claim.words))) return { verdict: 'supported' };
  if (facts.some((fact) => coversClaim(toPattern(fact), claim))) return { verdict: 'supported' };
  const fitting = offers.filter((offer) => {
    return claim.kind === 'deadline'
      ? named.has(offer.id) && fitsDeadline(claim, offer, at)
      : fitsTerms(claim, offer);
  });
  const running = fitting.filter((offer) => offer.startsAt <= at && at < offer.endsAt);
  const complete = running.some((offer) => missingCondition(offer, text) === undefined);
  if (complete) return { verdict: 'supported' };
  if (running[0] !== undefined) return { verdict: 'condition_missing', offer: running[0] };
  const coming = fitting.find((offer) => offer.startsAt > at);
  if (coming !== undefined) return { verdict: 'not_started', offer: coming };
  const over = fitting.toSorted((a, b) => b.endsAt - a.endsAt)[0];
  return over === undefined ? { verdict: 'unsupported' } : { verdict: 'expired', offer: over };
}

/** The offers that a message speaks of, by code or terms: only their ends can support a deadline. */
export function namedOffers(
  claims: readonly Claim[],
  offers: readonly Offer[],
  codes: ReadonlySet<string>,
): ReadonlySet<string> {
  const named = offers.filter(
    (offer) =>
      (offer.code !== undefined && codes.has(offer.code.toUpperCase())) ||
      claims.some((claim) => fitsTerms(claim, offer)),
  );
  return new Set(named.map(({ id }) => id));
}

/** Words that could be an offer's code. */
export function possibleCodes(text: string): ReadonlySet<string> {
  return new Set(text.toUpperCase().match(/[A-Z0-9][A-Z0-9_-]{2,39}/g));
}

/** The first condition that the text does not state. */
function missingCondition({ conditions = [] }: Offer, text: string): string | undefined {
  const stated = normalise(text);
  return conditions.find((condition) => !stated.includes(normalise(condition)));
}

/** One spelling: letter case and spacing do not matter. */
export function normalise(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').replace(/ %/g, '%').trim();
}

function fitsTerms(claim: Claim, { percent, price }: Offer): boolean {
  if (claim.kind === 'percentage') return claim.discount === true && claim.percent === percent;
  if (claim.kind !== 'price' || price === undefined) return false;
  return claim.amount === price.amount && claim.currency === price.currency;
}

function toPattern({ text, pattern }: SupportFacts['facts'][number]): RegExp {
  if (pattern !== undefined) {
    return new RegExp(pattern.source, [...new Set(`${pattern.flags.replace('y', '')}gi`)].join(''));
  }
  const parts = normalise(text ?? '').split(' ');
  const escaped = parts.map((part) => escapePattern(part).replaceAll('%', ' ?%'));
  return new RegExp(`(?<![\\p{L}\\p{N}.,])${escaped.join(' ')}(?![\\p{L}\\p{N}])`, 'giu');
}

/** A claim lies within the fact's words; of a product claim the fact is what it is about. */
function coversClaim(pattern: RegExp, { kind, line, column, words }: Claim): boolean {
  const end = column + words.length;
  for (const match of line.matchAll(pattern)) {
    const [from, to] = [match.index, match.index + match[0].length];
    if (from <= column && to >= end) return true;
    if (kind === 'product' && match[0] !== '' && from >= column && to <= end) return true;
  }
  return false;
}
