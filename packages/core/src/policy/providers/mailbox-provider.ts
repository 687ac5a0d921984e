/** What somebody can find out about a sending domain: the first six are true or false. */
export const DOMAIN_FACTS = ['spf', 'dkim', 'dmarc', 'aligned', 'ptr', 'tls'] as const;
export type DomainFact = (typeof DOMAIN_FACTS)[number];

/** What is recorded about a sending domain, by itself or at one provider. */
export type SendingFactName = DomainFact | 'spamRate' | 'bulk';

/** What one mailbox provider asks of bulk mail, as a table. Data only, like a jurisdiction. */
export interface MailboxProvider {
  readonly id: string;
  readonly title: string;
  /** Domains of addresses that the requirements cover. */
  readonly domains: readonly string[];
  /** From how much mail on; absent: marketing counts as bulk whatever its volume. */
  readonly bulk?: BulkThreshold;
  readonly requirements: readonly ProviderRequirement[];
}

/** Mail to this provider from one primary domain, its subdomains counted together. */
export interface BulkThreshold {
  /** Messages in 24 hours. */
  readonly from: number;
  /** Who has reached it once stays a bulk sender. */
  readonly permanent: boolean;
}

/** One row: what has to hold, and what follows when it is known not to. */
export interface ProviderRequirement {
  /** Each has to be true; `spamRate` has to stay below `below`. */
  readonly facts: readonly (DomainFact | 'spamRate')[];
  /** Messages per million that people call spam. */
  readonly below?: number;
  readonly effect: 'hold' | 'block';
  readonly code: string;
  /** The provider's document, and its reply code where there is one. */
  readonly source: string;
  /** One sentence for whoever writes the mail. */
  readonly message: string;
}
