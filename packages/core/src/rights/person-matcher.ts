import type { Context } from '../context.ts';
import { type Address, findAddress } from '../identity/address.ts';
import { toCanonicalAddress } from '../keys/canonical-address.ts';
import { decodeText } from './decode-text.ts';
import { ERASED } from './erased.ts';
import { listDomainEnds, listLocalStarts } from './find-edges.ts';

/** Knows one person by their address, in whatever spelling. */
export interface PersonMatcher {
  isPerson(address: string): boolean;
  /** The text with every spelling of their address replaced; the same text when there is none. */
  redact(text: string): string;
  /** The same for the strings of a JSON text, which stays JSON. */
  redactJson(json: string): string;
}

/** By what the person is known. */
export interface KnownPerson {
  /** HMACs; those under other keys are added when an address is recognised. */
  readonly canonicals: Set<string>;
  /** Spares an HMAC for every address of everybody else. */
  readonly address?: Address;
}

/** RFC 5321 §4.5.3.1.1; a longer run before an at sign is looked at from its end. */
const MAX_LOCAL = 64;

/** What no local part has, or only in quotes. */
const STOP = /[\s"(),:;<>@[\\\]\p{Cc}%&]/u;

const DOMAIN = /[\p{L}\p{N}][\p{L}\p{M}\p{N}.-]{0,252}/uy;

/**
 * Makes a matcher. It finds the address also as it stands in a link, in HTML, in JSON and in Markdown;
 * what another whole address ends or begins with is left alone.
 */
export function createPersonMatcher(
  ctx: Pick<Context, 'keys'>,
  { canonicals, address: own }: KnownPerson,
): PersonMatcher {
  const canonical = own === undefined ? undefined : toCanonicalAddress(own);
  const isPerson = (text: string): boolean => {
    const address = findAddress(text);
    if (address === undefined) return false;
    if (canonical !== undefined) return toCanonicalAddress(address) === canonical;
    const { allCanonical } = ctx.keys.identify(address);
    if (!allCanonical.some((hmac) => canonicals.has(hmac))) return false;
    for (const hmac of allCanonical) canonicals.add(hmac);
    return true;
  };
  const redact = (text: string): string => redactText(text, isPerson);
  return { isPerson, redact, redactJson: (json) => redactJson(json, redact) };
}

function redactText(written: string, isPerson: (address: string) => boolean): string {
  const isWhole = findAddress(written) !== undefined;
  if (isWhole && isPerson(written)) return ERASED;
  const { text, startOf, endOf } = decodeText(written);
  const parts: string[] = [];
  let last = 0;
  let done = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    DOMAIN.lastIndex = at + 1;
    const run = DOMAIN.exec(text)?.[0] ?? '';
    // No domain is one label.
    if (!run.includes('.')) continue;
    const local = text.slice(findRun(text, at, done), at);
    if (local === '') continue;
    const before = text[at - local.length - 1];
    const after = text.slice(at + 1 + run.length, at + 5 + run.length);
    const found = findPerson(local, run, { before, after, isWhole }, isPerson);
    if (found === undefined) continue;
    parts.push(written.slice(last, startOf(at - local.length + found.start)), ERASED);
    done = at + 1 + found.domain.length;
    last = endOf(done - 1);
  }
  return parts.length === 0 ? written : parts.join('') + written.slice(last);
}

/** Where the run begins that ends before an at sign. */
function findRun(text: string, at: number, done: number): number {
  const least = Math.max(done, at - MAX_LOCAL);
  let start = at;
  while (start > least && !STOP.test(text.charAt(start - 1))) start -= 1;
  return start;
}

interface Around {
  readonly before: string | undefined;
  readonly after: string;
  /** Nothing stands around it: an address that somebody gave as one. */
  readonly isWhole: boolean;
}

/** Where in the local part the person's begins, and their domain as it is written. */
function findPerson(
  local: string,
  run: string,
  around: Around,
  isPerson: (address: string) => boolean,
): { readonly start: number; readonly domain: string } | undefined {
  const starts = around.isWhole ? [0] : listLocalStarts(local, around.before, around.after);
  for (const domain of listDomainEnds(run, isClosed(around))) {
    const start = starts.find((at) => isPerson(`${local.slice(at)}@${domain}`));
    if (start !== undefined) return { start, domain };
  }
  return undefined;
}

/** It says itself where it begins and ends. */
function isClosed({ before, after, isWhole }: Around): boolean {
  return isWhole || (before === '<' && after.startsWith('>'));
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
