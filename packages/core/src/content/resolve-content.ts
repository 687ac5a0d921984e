import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { MailwardenOptions } from '../options.ts';
import { defineFact } from './define-fact.ts';
import { defineOffer } from './define-offer.ts';
import type { Fact, Offer } from './offer.ts';
import { parseHost } from './parse-host.ts';

/** What the code says marketing may claim and link to. */
export interface ContentSettings {
  readonly offers: readonly Offer[];
  readonly facts: readonly Fact[];
  /** Lower case, ASCII. */
  readonly allowedLinkHosts: readonly string[];
}

/** Throws `OPTION_INVALID` or `OPTION_UNKNOWN`. */
export function resolveContent({
  offers = [],
  facts = [],
  allowedLinkHosts = [],
}: Pick<MailwardenOptions, 'offers' | 'facts' | 'allowedLinkHosts'>): ContentSettings {
  return {
    offers: unique('offers', offers.map(defineOffer)),
    facts: unique('facts', facts.map(defineFact)),
    allowedLinkHosts: allowedLinkHosts.map((given) => {
      const host = parseHost(given);
      if (host !== undefined) return host;
      throw invalid(
        `allowedLinkHosts has ${JSON.stringify(given)}; give a host, no URL or shortener.`,
      );
    }),
  };
}

function unique<T extends { readonly id: string }>(
  what: string,
  given: readonly T[],
): readonly T[] {
  if (new Set(given.map(({ id }) => id)).size < given.length) {
    throw invalid(`${what} names an id twice.`);
  }
  return given;
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}
