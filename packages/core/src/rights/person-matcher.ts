import type { Context } from '../context.ts';
import { findAddress } from '../identity/address.ts';
import { ERASED } from './erased.ts';

/** Knows one person by their address, in whatever spelling. */
export interface PersonMatcher {
  isPerson(address: string): boolean;
  /** The text with every spelling of their address replaced; the same text when there is none. */
  redact(text: string): string;
  /** The same for the strings of a JSON text, which stays JSON. */
  redactJson(json: string): string;
}

/**
 * What looks like an address, also as it stands in a link or in HTML. The local part is bounded
 * (RFC 5321 §4.5.3.1.1), or a long run of letters would be tried from each of its places.
 */
const TOKEN =
  /([^\s"(),:;<>@[\\\]\p{Cc}%&]{1,64})(?:@|%40|&#64;|&#x40;|&commat;)([\p{L}\p{N}][\p{L}\p{N}.-]{0,252})/giu;

/** Where an address may begin inside a run of characters that are allowed in one. */
const EDGE = /[^\p{L}\p{N}._+-]/gu;

/**
 * Makes a matcher from HMACs by which the person is known; those under other keys are added to
 * `canonicals` when an address is recognised.
 */
export function createPersonMatcher(
  ctx: Pick<Context, 'keys'>,
  canonicals: Set<string>,
): PersonMatcher {
  const isPerson = (text: string): boolean => {
    const address = findAddress(text);
    if (address === undefined) return false;
    const { allCanonical } = ctx.keys.identify(address);
    if (!allCanonical.some((hmac) => canonicals.has(hmac))) return false;
    for (const hmac of allCanonical) canonicals.add(hmac);
    return true;
  };
  const redact = (text: string): string => {
    // A whole address is theirs or somebody else's, whatever it ends with.
    if (findAddress(text) !== undefined) return isPerson(text) ? ERASED : text;
    return text.replace(TOKEN, (token: string, local: string, rest: string) => {
      const domain = rest.replace(/[.-]+$/, '');
      const start = findStart(local, (tail) => isPerson(`${tail}@${domain}`));
      if (start === undefined) return token;
      return `${local.slice(0, start)}${ERASED}${rest.slice(domain.length)}`;
    });
  };
  return { isPerson, redact, redactJson: (json) => redactJson(json, redact) };
}

/** The first place at which the rest of the run is the person's local part. */
function findStart(local: string, matches: (tail: string) => boolean): number | undefined {
  if (matches(local)) return 0;
  for (const edge of local.matchAll(EDGE)) {
    const start = edge.index + edge[0].length;
    // O'Neil is not Neil.
    if (/['’]/.test(edge[0]) && /[\p{L}\p{N}]$/u.test(local.slice(0, edge.index))) continue;
    if (start < local.length && matches(local.slice(start))) return start;
  }
  return undefined;
}

function redactJson(json: string, redact: (text: string) => string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return redact(json);
  }
  let changed = false;
  const walk = (item: unknown): unknown => {
    if (typeof item === 'string') {
      const clean = redact(item);
      changed ||= clean !== item;
      return clean;
    }
    if (Array.isArray(item)) return item.map(walk);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, each]) => [walk(key), walk(each)]));
  };
  const clean = walk(value);
  return changed ? JSON.stringify(clean) : json;
}
