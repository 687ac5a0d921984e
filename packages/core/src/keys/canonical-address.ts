import { type Address, domainOf } from '../identity/address.ts';

/** Raise it with every change to what {@link toCanonicalAddress} answers: stored HMACs name it. */
export const CANONICALISATION_VERSION = 1;

/** A mail provider that delivers several spellings of an address to one person. */
interface Provider {
  /** The first is the one that the others are written as. */
  readonly domains: readonly [string, ...string[]];
  readonly ignoresDots: boolean;
}

/** Gmail ignores dots, and googlemail.com is the same mailbox (Google Account help, 7436150). */
const PROVIDERS: readonly Provider[] = [
  { domains: ['gmail.com', 'googlemail.com'], ignoresDots: true },
];

/**
 * The one spelling of a person's address: lower case, without `+tag`, and without what their
 * provider ignores. Only for comparing; mail goes to the address as written. It may join two
 * people where a domain tells case or `+` apart, which errs towards not writing.
 */
export function toCanonicalAddress(address: Address): string {
  const domain = domainOf(address);
  const provider = PROVIDERS.find(({ domains }) => domains.includes(domain));
  const local = withoutTag(fold(address.slice(0, -domain.length - 1)));
  if (provider === undefined) return `${local}@${domain}`;
  return `${provider.ignoresDots ? local.replaceAll('.', '') : local}@${provider.domains[0]}`;
}

/** The domains at which the same person may be written to, the given one among them. */
export function toSameDomains(domain: string): readonly string[] {
  return PROVIDERS.find(({ domains }) => domains.includes(domain))?.domains ?? [domain];
}

function fold(local: string): string {
  return local.normalize('NFC').toLowerCase().normalize('NFC');
}

function withoutTag(local: string): string {
  const plus = local.indexOf('+');
  return plus > 0 ? local.slice(0, plus) : local;
}
