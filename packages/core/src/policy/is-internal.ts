import type { Context } from '../context.ts';
import { type Address, domainOf } from '../identity/address.ts';

/** Whether an address belongs to a colleague of the operator. */
export function isInternal({ settings }: Pick<Context, 'settings'>, address: Address): boolean {
  return settings.internalDomains.includes(domainOf(address));
}
