import { uuidv7 } from 'uuidv7';
import { domainOf, parseAddress } from './address.ts';

/** Longest text that is looked at, characters; a References field is rarely over 4,000. */
const MAX_TEXT = 65_536;

/** Most ids returned: the first (the root of the thread) and the last ones. */
const MAX_IDS = 100;

/** Bounded on both sides of the at sign, so that a hostile field costs linear time. */
const BRACKETED = /<[\x21-\x3b\x3d\x3f\x41-\x7e]{1,250}@[\x21-\x3b\x3d\x3f\x41-\x7e]{1,250}>/g;
const BARE = /^[\x21-\x3b\x3d\x3f\x41-\x7e]{1,250}@[\x21-\x3b\x3d\x3f\x41-\x7e]{1,250}$/;

/**
 * A new Message-ID (RFC 5322 §3.6.4) without angle brackets, under the sender's own domain. Throws
 * `ADDRESS_INVALID` when the domain is none.
 */
export function createMessageId(domain: string): string {
  return `${uuidv7()}@${domainOf(parseAddress(`id@${domain}`))}`;
}

/**
 * The Message-IDs in a Message-ID, In-Reply-To or References field, in order, without angle
 * brackets and without repeats; at most 100, of which the first is kept. Anything else in the text
 * is skipped.
 */
export function parseMessageIds(text: string): string[] {
  const bounded = text.slice(0, MAX_TEXT);
  const found = (bounded.match(BRACKETED) ?? []).map((id) => id.slice(1, -1));
  // Some clients leave the brackets out of In-Reply-To.
  const ids = found.length > 0 ? found : bounded.split(/\s+/).filter((word) => BARE.test(word));
  const unique = [...new Set(ids)];
  return unique.length <= MAX_IDS ? unique : [...unique.slice(0, 1), ...unique.slice(1 - MAX_IDS)];
}
