import { allMatches } from './all-matches.ts';
import type { ClaimKind, ClaimPattern, Urgency } from './claims/claim-pattern.ts';
import { CLAIM_LANGUAGES } from './claims/languages.ts';
import { escapePattern } from './escape-pattern.ts';
import { findAmounts } from './find-amounts.ts';
import { matchAny } from './match-any.ts';
import { toPlainWords, toProseLines } from './prose-lines.ts';
import { rememberLine } from './remember-line.ts';
import { rememberReading } from './remember-reading.ts';

/** Something that a message asserts and that has to be true. */
export interface Claim {
  readonly kind: ClaimKind;
  /** As they stand there; spaces are single, marks of emphasis are left out. */
  readonly words: string;
  readonly where: 'subject' | 'body';
  /** Of the first character in the subject or the Markdown body, in UTF-16 units. */
  readonly offset: number;
  /** The line, a part of it when it is very long, and where in it the words start. */
  readonly line: string;
  readonly column: number;
  readonly percent?: number;
  /** The percentage is a discount. */
  readonly discount?: boolean;
  readonly amount?: number;
  /** ISO 4217. */
  readonly currency?: string;
  readonly urgency?: Urgency;
}

/** A claim before it is known where its line stands. */
export type LineClaim = Omit<Claim, 'where' | 'offset' | 'line'>;

type PlacedClaim = LineClaim & Pick<Claim, 'line'>;

const LANGUAGES = Object.values(CLAIM_LANGUAGES);
const PATTERNS: readonly ClaimPattern[] = LANGUAGES.flatMap(({ patterns }) => patterns);
const matchesAny = matchAny(PATTERNS.map(({ pattern }) => pattern));
const DISCOUNTS = LANGUAGES.map(({ discount }) => discount);

/** Longer lines are read in windows that overlap by more than any claim is long, characters. */
const WINDOW = 5_000;
const OVERLAP = 300;

/** Most that are returned; whoever gets so many has not seen all. */
export const MAX_CLAIMS = 500;

/**
 * Finds percentages, prices, deadlines, "free …", comparisons and product facts in a subject (plain
 * text) and a body (Markdown): the author's own words, without quotes, code, URLs, a signature and
 * the footer line. In order, the same words in the same line once. Throws `ARGUMENT_INVALID` for Markdown nested too deeply.
 */
export const findClaims = rememberReading(readClaims);

function readClaims(subject: string, body: string): readonly Claim[] {
  const found: Claim[] = claimsIn(toPlainWords(subject), true).map((claim) => ({
    ...claim,
    where: 'subject',
    offset: locate(subject, claim.words, 0),
  }));
  const seen = new Set<string>();
  let cursor = 0;
  for (const { text, from, to } of toProseLines(body)) {
    cursor = Math.max(cursor, from);
    for (const claim of ofLine(text)) {
      const key = `${claim.words}\n${claim.line}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const offset = from + locate(body.slice(from, to), claim.words, cursor - from);
      cursor = offset + 1;
      found.push({ ...claim, where: 'body', offset });
      if (found.length >= MAX_CLAIMS) return found;
    }
  }
  return found;
}

const ofLine = rememberLine((line) => claimsIn(line, false));

/** The same words in the same line once, and no more than are returned: each result carries its line. */
function claimsIn(text: string, inSubject: boolean): readonly PlacedClaim[] {
  const found: PlacedClaim[] = [];
  for (let start = 0; start === 0 || start + OVERLAP < text.length; start += WINDOW - OVERLAP) {
    const line = text.slice(start, start + WINDOW);
    const seen = new Set<string>();
    for (const claim of withoutOverlaps(match(line, inSubject))) {
      if (seen.has(claim.words)) continue;
      seen.add(claim.words);
      found.push({ ...claim, line });
      if (found.length >= MAX_CLAIMS) return found;
    }
  }
  return found;
}

function match(line: string, inSubject: boolean): readonly LineClaim[] {
  const candidates = [...findAmounts(line, DISCOUNTS)];
  if (!matchesAny(line)) return candidates;
  for (const { kind, pattern, urgency, subjectOnly, percent } of PATTERNS) {
    if (subjectOnly === true && !inSubject) continue;
    for (const found of allMatches(line, pattern)) {
      candidates.push({
        kind,
        words: found[0].trim(),
        column: found.index,
        ...(urgency === undefined ? {} : { urgency }),
        ...(percent === undefined ? {} : { percent, discount: true }),
      });
    }
  }
  return candidates;
}

/** Of several claims on the same words the longest stands; different kinds may lie side by side. */
function withoutOverlaps(claims: readonly LineClaim[]): readonly LineClaim[] {
  const byLength = claims.toSorted((a, b) => b.words.length - a.words.length);
  const kept: LineClaim[] = [];
  for (const claim of byLength) {
    const overlaps = kept.some(
      (other) =>
        other.kind === claim.kind &&
        claim.column < other.column + other.words.length &&
        other.column < claim.column + claim.words.length,
    );
    if (!overlaps) kept.push(claim);
  }
  return kept.toSorted((a, b) => a.column - b.column);
}

/** Emphasis may stand between the words. */
function locate(text: string, words: string, from: number): number {
  const parts = words.split(/[\s*_~]+/).map((part) => escapePattern(part));
  const pattern = new RegExp(parts.join('[\\s*_~]+'), 'gu');
  pattern.lastIndex = Math.max(0, from);
  return pattern.exec(text)?.index ?? Math.max(0, from);
}
