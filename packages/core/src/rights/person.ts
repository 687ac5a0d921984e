import { domainToUnicode } from 'node:url';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { type Address, domainOf, parseAddress } from '../identity/address.ts';
import { toSameDomains } from '../keys/canonical-address.ts';
import { createPersonMatcher, type PersonMatcher } from './person-matcher.ts';

/** Whose data is exported or erased. */
export interface Person {
  /** Absent when only the HMAC is known: a restored database was told of an erasure. */
  readonly address: Address | undefined;
  /** Canonical HMACs under every key; grows when a spelling is found under another one. */
  readonly canonicals: Set<string>;
  readonly matcher: PersonMatcher;
  /** In lower case; where none of these stands nothing names the person. Undefined: not known. */
  readonly words: readonly string[] | undefined;
}

/** Throws `ADDRESS_INVALID`, and `ARGUMENT_INVALID` for one of our own mailboxes. */
export function parsePerson(
  ctx: Pick<Context, 'keys' | 'mailboxes'>,
  text: string,
): Person & { readonly address: Address } {
  const address = parseAddress(text);
  const canonicals = new Set(ctx.keys.identify(address).allCanonical);
  const matcher = createPersonMatcher(ctx, { canonicals, address });
  const own = [...ctx.mailboxes.keys()].find((mailbox) => matcher.isPerson(mailbox));
  if (own !== undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `${own} is one of our own mailboxes, and every message there would be its data.`,
      fields: { argument: 'address' },
    });
  }
  const domains = toSameDomains(domainOf(address));
  const words = new Set(domains.flatMap((domain) => [domain, domainToUnicode(domain)]));
  return { address, canonicals, matcher, words: [...words] };
}

/** The person behind an HMAC; they are recognised where their address stands. */
export function toPersonOf(ctx: Pick<Context, 'keys'>, canonical: string): Person {
  const canonicals = new Set([canonical]);
  const matcher = createPersonMatcher(ctx, { canonicals });
  return { address: undefined, canonicals, matcher, words: undefined };
}
