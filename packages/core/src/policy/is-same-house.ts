import { parse } from 'tldts';
import { type Address, domainOf } from '../identity/address.ts';
import { toCanonicalAddress } from '../keys/canonical-address.ts';
import { isPublicMailbox } from './providers/public-mailboxes.ts';

/**
 * Whether one address may speak for another: the same person's, or at a registrable domain (public
 * suffix list) of their own. At a public mailbox provider a neighbour is a stranger; who is one is
 * told by a list (`isPublicMailbox`), so at a provider that is missing there neighbours count as one
 * house.
 */
export function isSameHouse(one: Address, other: Address): boolean {
  if (toCanonicalAddress(one) === toCanonicalAddress(other)) return true;
  const house = toHouse(one);
  return house !== undefined && house === toHouse(other);
}

/** `undefined`: a public provider, an address literal, or a public suffix itself. */
function toHouse(address: Address): string | undefined {
  const host = domainOf(address);
  const { domain, domainWithoutSuffix } = parse(host, { allowPrivateDomains: true });
  if (domain === null || isPublicMailbox(domain, domainWithoutSuffix)) return undefined;
  return isPublicMailbox(host, null) ? undefined : domain;
}
