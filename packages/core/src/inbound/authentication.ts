/** What DMARC said about the From domain (RFC 7489 §11.2); anything unclear is `none`. */
export type DmarcResult = 'pass' | 'fail' | 'none';

/** One header field, its name in lower case, in the order of the message. */
export interface HeaderField {
  readonly key: string;
  readonly value: string;
}

/** The verdict of the operator's own server on the sender. */
export interface Authentication {
  readonly dmarc: DmarcResult;
  /** Who said so; absent when nobody who may be believed did. */
  readonly authservId?: string;
}

/** One claim of an Authentication-Results field (RFC 8601 §2.2). */
export interface AuthenticationResult {
  /** Who says so. Anybody can write one; believe only your own server's. */
  readonly authservId: string;
  /** `spf`, `dkim`, `dmarc`, `arc` …, lower case. */
  readonly method: string;
  /** `pass`, `fail`, `none` …, lower case. */
  readonly result: string;
}

/** Most claims that are given. */
const MAX_RESULTS = 50;

/** Longest field that is looked at, in characters. */
const MAX_FIELD = 16_384;

/**
 * Reads Authentication-Results (RFC 8601). Only the topmost field that carries the operator's
 * authserv-id counts, since everything below may have come with the message (§5), and only for the
 * domain that stands in From. Without a trusted id, or with more than one From, nothing is believed.
 */
export function readAuthentication(
  headers: readonly HeaderField[],
  trustedAuthservId: string | undefined,
  fromDomain: string | undefined,
): Authentication {
  if (trustedAuthservId === undefined || fromDomain === undefined) return { dmarc: 'none' };
  if (headers.filter(({ key }) => key === 'from').length !== 1) return { dmarc: 'none' };
  for (const { key, value } of headers) {
    if (key !== 'authentication-results') continue;
    const [head = '', ...results] = splitField(value.slice(0, MAX_FIELD));
    const authservId = head.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
    if (authservId !== trustedAuthservId.toLowerCase()) continue;
    return { dmarc: toDmarc(results, fromDomain), authservId };
  }
  return { dmarc: 'none' };
}

/** Everything that Authentication-Results fields claim, the topmost field first; nothing is believed. */
export function listAuthenticationResults(
  headers: readonly HeaderField[],
): readonly AuthenticationResult[] {
  const found: AuthenticationResult[] = [];
  for (const { key, value } of headers) {
    if (key !== 'authentication-results') continue;
    const [head = '', ...results] = splitField(value.slice(0, MAX_FIELD));
    const authservId = head.trim().split(/\s+/)[0]?.toLowerCase().slice(0, 255) ?? '';
    for (const text of results) {
      const [, method, result] =
        /^\s*([a-z][\w-]{0,40})\s*(?:\/\s*\d+\s*)?=\s*([a-z]{1,40})/i.exec(text) ?? [];
      if (method === undefined || result === undefined) continue;
      found.push({ authservId, method: method.toLowerCase(), result: result.toLowerCase() });
      if (found.length === MAX_RESULTS) return found;
    }
  }
  return found;
}

function toDmarc(results: readonly string[], fromDomain: string): DmarcResult {
  const verdicts = results.flatMap((result): DmarcResult[] => {
    const [, word] = /^\s*dmarc\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)/i.exec(result) ?? [];
    if (word === undefined) return [];
    const [, domain] = /\bheader\.from\s*=\s*([^\s;]+)/i.exec(result) ?? [];
    if (domain !== undefined && domain.toLowerCase() !== fromDomain) return ['none'];
    const verdict = word.toLowerCase();
    return [verdict === 'pass' || verdict === 'fail' ? verdict : 'none'];
  });
  const [first = 'none', ...rest] = verdicts;
  return rest.every((verdict) => verdict === first) ? first : 'none';
}

/** Splits at semicolons that stand neither in a comment nor in a quoted string, and drops comments. */
function splitField(value: string): string[] {
  if (!/["()\\]/.test(value)) return value.split(';');
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    const character = value[at] ?? '';
    if (character === '\\' && (quoted || depth > 0)) {
      at += 1;
      if (quoted) part += value[at] ?? '';
    } else if (quoted) {
      if (character === '"') quoted = false;
      else part += character;
    } else if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (character === '"') quoted = true;
    else if (character === ';') {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}
