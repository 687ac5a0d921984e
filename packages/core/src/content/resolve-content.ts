import type { PolicyOptions } from '../options.ts';
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

/** Gives the checked options the form in which rules look at them. */
export function resolveContent({
  offers = [],
  facts = [],
  allowedLinkHosts = [],
}: Pick<PolicyOptions, 'offers' | 'facts' | 'allowedLinkHosts'>): ContentSettings {
  return {
    offers: offers.map(defineOffer),
    facts: facts.map(defineFact),
    allowedLinkHosts: allowedLinkHosts.flatMap((host) => parseHost(host) ?? []),
  };
}
