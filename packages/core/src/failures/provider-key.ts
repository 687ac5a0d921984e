import type { Context } from '../context.ts';
import { type Address, domainOf } from '../identity/address.ts';
import { providerOf } from '../policy/providers/mailbox-providers.ts';
import { primaryDomain } from '../sending/primary-domain.ts';

/**
 * What failures of addresses are counted by: the mailbox provider's id where it is known by its
 * domains, else an HMAC of the primary domain, which may be somebody's name.
 */
export function providerKey({ keys }: Pick<Context, 'keys'>, address: Address): string {
  const domain = domainOf(address);
  return providerOf(domain)?.id ?? keys.identifyDomain(primaryDomain(domain))[0];
}
