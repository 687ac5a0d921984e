import { allMatches } from './all-matches.ts';
import { lexMarkdown } from './lex-markdown.ts';
import { matchAny } from './match-any.ts';
import { PLACEHOLDER_PATTERNS, type PlaceholderKind } from './placeholder-patterns.ts';
import { rememberLine } from './remember-line.ts';
import { rememberReading } from './remember-reading.ts';
import { splitAtFooter } from './split-at-footer.ts';
import { visibleLines } from './visible-lines.ts';

/** Something that was to be replaced before sending. */
export interface Placeholder {
  /** As it stands in the text, e.g. `{{first_name}}`. */
  readonly text: string;
  readonly kind: PlaceholderKind;
}

/** Most that are returned. */
const MAX_FOUND = 20;

const matchesAny = matchAny(PLACEHOLDER_PATTERNS.map(({ pattern }) => pattern));

/**
 * Finds what was left unfilled in the subject (plain text) and the body (Markdown), each once:
 * `{{name}}`, `[First Name]`, `%name%`, `*|FNAME|*`, `undefined` where a value belongs, `Hi ,`.
 * Code, quotes and URLs are not looked at, nor the first `{{footer}}` line; ordinary prose about
 * null and undefined passes. Throws `ARGUMENT_INVALID` for Markdown nested too deeply.
 */
export const findPlaceholders = rememberReading(readPlaceholders);

function readPlaceholders(subject: string, body: string): readonly Placeholder[] {
  const { before, after } = splitAtFooter(lexMarkdown(body));
  const lines = [...visibleLines(before), ...visibleLines(after)];
  const found = new Map<string, Placeholder>();
  if (/^\s*,/.test(subject)) found.set(',', { text: ',', kind: 'empty_greeting' });
  const ofBody = lines.flatMap((line) => ofLine(line));
  for (const placeholder of [...findInLine(subject), ...ofBody]) {
    if (found.size < MAX_FOUND) found.set(placeholder.text, placeholder);
  }
  return [...found.values()];
}

const ofLine = rememberLine(findInLine);

function findInLine(line: string): readonly Placeholder[] {
  if (!matchesAny(line)) return [];
  const found: Placeholder[] = [];
  const taken: (readonly [start: number, end: number])[] = [];
  for (const { kind, pattern, isOne } of PLACEHOLDER_PATTERNS) {
    for (const match of allMatches(line, pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      // `{{name}}` is not also a `{name}`.
      if (taken.some(([from, to]) => start < to && end > from)) continue;
      if (isOne?.(match[1] ?? '') === false) continue;
      taken.push([start, end]);
      found.push({ text: match[0].trim(), kind });
      if (found.length >= MAX_FOUND) return found;
    }
  }
  return found;
}
