import { MailwardenError } from '../errors/mailwarden-error.ts';
import { type Address, domainOf, findAddress, parseAddress } from '../identity/address.ts';

/** A person, or everybody at a domain and the domains below it. */
export type SuppressionSubject =
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'domain'; readonly domain: string };

/**
 * Reads `alice@example.com`, or `@example.com` for the whole domain. Throws `ADDRESS_INVALID`; so
 * does a top-level domain alone.
 */
export function parseSubject(text: string): SuppressionSubject {
  const value = text.trim();
  if (!value.startsWith('@')) return { kind: 'address', address: parseAddress(value) };
  // The one place that knows what a domain may look like is the address parser.
  const address = findAddress(`x${value}`);
  if (address !== undefined) return { kind: 'domain', domain: domainOf(address) };
  throw new MailwardenError('ADDRESS_INVALID', {
    detail: `${JSON.stringify(value.slice(0, 80))} is not a domain; write it as @example.com.`,
    fields: { value: value.slice(0, 80) },
  });
}
