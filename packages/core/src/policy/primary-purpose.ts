import { CLAIM_LANGUAGES } from '../compose/claims/languages.ts';
import { findClaims } from '../compose/find-claims.ts';
import { toPlainWords, toProseLines } from '../compose/prose-lines.ts';
import { rememberLine } from '../compose/remember-line.ts';
import { rememberReading } from '../compose/remember-reading.ts';
import type { ContentFacts } from './facts.ts';

/** What a message is for: 16 CFR 316.3(a), (b). */
export type PrimaryPurpose =
  | { readonly purpose: 'transactional' }
  | { readonly purpose: 'mixed' | 'commercial'; readonly words: string; readonly where: Where };

type Where = 'subject' | 'variable' | 'body';

const PROMOTIONS = Object.values(CLAIM_LANGUAGES).map(({ promotion }) => promotion);

/** "Hi Ana," and "Guten Tag Frau Seidel," say nothing yet. */
const GREETING = /^\P{L}*\p{L}[\p{L}.'’-]*(?:[ ,!]+\p{L}[\p{L}.'’-]*){0,5}[ ,!]*[,:!]$/u;

/**
 * Whether mail that confirms or informs is advertising. A subject that advertises makes it so, and so
 * does advertising at the start of the body, or as the larger part of it (16 CFR 316.3(a)(2)). What
 * an author put into a variable of an approved template has no business to advertise at all.
 * Advertising that comes after the transaction makes it mixed.
 */
export function primaryPurpose({
  subject,
  body,
  variables = [],
}: Pick<ContentFacts, 'subject' | 'body' | 'variables'>): PrimaryPurpose {
  const inSubject = findPromotion(subject) ?? findUrgency(subject);
  if (inSubject !== undefined) {
    return { purpose: 'commercial', words: inSubject, where: 'subject' };
  }
  for (const value of variables) {
    const words = findPromotion(value) ?? findUrgency(value);
    if (words !== undefined) return { purpose: 'commercial', words, where: 'variable' };
  }
  return ofBody('', body);
}

const ofBody = rememberReading((_subject, body): PrimaryPurpose => {
  const lines = toProseLines(body)
    .map(({ text }) => text)
    .filter((text) => !GREETING.test(text));
  const found = lines.map((text) => ({ text, words: promotionOfLine(text) }));
  const promoting = found.filter(({ words }) => words !== undefined);
  const words = promoting[0]?.words;
  if (words === undefined) return { purpose: 'transactional' };
  const first = found[0]?.words !== undefined;
  const larger = 2 * lengthOf(promoting) > lengthOf(found);
  return { purpose: first || larger ? 'commercial' : 'mixed', words, where: 'body' };
});

const promotionOfLine = rememberLine(findPromotion);

function lengthOf(lines: readonly { readonly text: string }[]): number {
  return lines.reduce((sum, { text }) => sum + text.length, 0);
}

function findPromotion(text: string): string | undefined {
  const words = toPlainWords(text);
  for (const pattern of PROMOTIONS) {
    const found = pattern.exec(words)?.[0];
    if (found !== undefined) return found.trim();
  }
  return undefined;
}

/** "Today only" sells; "expires in 24 hours" is also said of a link. */
function findUrgency(text: string): string | undefined {
  const found = findClaims('', text).find(
    ({ kind, urgency, discount }) =>
      (kind === 'deadline' && urgency === 'today') || (kind === 'percentage' && discount === true),
  );
  return found?.words;
}
