import { providerOf } from '../policy/providers/mailbox-providers.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { ThrottleScope } from './resolve-throttle.ts';

/** What a delivery is counted for. */
export interface ThrottleKey {
  /** As the bucket is called. */
  readonly id: string;
  readonly scope: ThrottleScope;
  readonly name: string;
}

/** Recipient domain to provider, as far as MX records told. */
export type Routes = ReadonlyMap<string, string>;

/** Its mailbox, its recipient's domain and, when it is known, who takes mail there. */
export function keysOf(
  { mailbox, recipient }: Pick<Delivery, 'mailbox' | 'recipient'>,
  routes: Routes,
): readonly ThrottleKey[] {
  const domain = recipientDomain(recipient);
  const provider = providerOf(domain)?.id ?? routes.get(domain) ?? '';
  const keys = [toKey('mailbox', mailbox), toKey('domain', domain)];
  return provider === '' ? keys : [...keys, toKey('provider', provider)];
}

/** One key by its name. */
export function toKey(scope: ThrottleScope, name: string): ThrottleKey {
  return { id: `${scope}:${name}`, scope, name };
}

/** The domain that a delivery goes to, in lower case; empty for what is no address any more. */
export function recipientDomain(recipient: string): string {
  return recipient.slice(recipient.lastIndexOf('@') + 1).toLowerCase();
}
