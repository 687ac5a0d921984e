import { classifyLines, type LineKind, toLines } from './classify-lines.ts';
import { findAttribution } from './find-attribution.ts';
import { readHeaderLine } from './header-labels.ts';
import { findKeptQuotes } from './mark-quotes.ts';
import { markSignatures } from './mark-signatures.ts';
import { FORWARD_MARK } from './separators.ts';
import { CODE, undoQuotedPrintable, undoSoftBreaks } from './undo-quoted-printable.ts';

/** Longest text that is looked at, in characters. */
const MAX_TEXT = 500_000;

/** A message, taken apart. */
export interface SplitReply {
  /** What the person wrote. */
  readonly newText: string;
  /** The quoted history, when there is any. */
  readonly quotedText?: string;
  /** Signature, line of the phone, disclaimer; when there is any. */
  readonly signature?: string;
}

/**
 * Takes a message apart: what the person wrote, what they answer to, how they sign. Answers between
 * quoted lines stay together with those lines, since "yes" alone says nothing. A bare forward is
 * news as a whole. Every line is read a bounded number of times, so the time is linear in the size.
 */
export function splitReply(text: string): SplitReply {
  const { shown, kinds, kept, fresh } = takeApart(text);
  const newText = tidy(fresh.map((at) => shown[at] ?? ''));
  if (kinds === undefined) return { newText };
  const pick = (...wanted: readonly LineKind[]) =>
    shown.filter((_, at) => wanted.includes(kinds[at] ?? 'text') && !kept.has(at));
  const quotedText = tidy(pick('quote', 'attribution', 'history'));
  const signature = tidy(pick('signature')).replace(/^[-_=+—–ᐧ]{1,3}\s*\n/, '');
  return {
    newText,
    ...(quotedText === '' ? {} : { quotedText }),
    ...(signature === '' ? {} : { signature }),
  };
}

/** A line of what a person wrote. */
export interface NewLine {
  readonly text: string;
  /** Which line of the given text it is, or is a part of. */
  readonly from: number;
}

/**
 * The new text of {@link splitReply} line by line, with where each stood; `undefined` of a text in its
 * raw form, whose lines are joined.
 */
export function listNewLines(text: string): readonly NewLine[] | undefined {
  if (undoSoftBreaks(text) !== text) return undefined;
  const { shown, origins, fresh } = takeApart(text);
  return fresh.map((at) => ({ text: shown[at] ?? '', from: origins[at] ?? 0 }));
}

interface Parts {
  readonly shown: readonly string[];
  readonly origins: readonly number[];
  /** Absent when the whole of it is new. */
  readonly kinds?: readonly LineKind[];
  readonly kept: ReadonlySet<number>;
  /** The lines of `shown` that are new. */
  readonly fresh: readonly number[];
}

function takeApart(text: string): Parts {
  const source = undoSoftBreaks(text.slice(0, MAX_TEXT));
  const { lines: shown, origins } = toLines(source);
  const lines = CODE.test(source) ? shown.map(undoQuotedPrintable) : shown;
  const kinds = classifyLines(lines);
  markSignatures(lines, kinds);
  const kept = findKeptQuotes(lines, kinds);
  const fresh = pickNew(shown, kinds, kept);
  const newText = tidy(fresh.map((at) => shown[at] ?? ''));
  return isNewsAsWhole(lines, kinds, newText)
    ? { shown, origins, kept, fresh: [...shown.keys()] }
    : { shown, origins, kinds, kept, fresh };
}

/** The lines of the person's own, each with the empty lines below it. */
function pickNew(
  lines: readonly string[],
  kinds: readonly LineKind[],
  kept: ReadonlySet<number>,
): readonly number[] {
  let isNew = false;
  return [...lines.keys()].filter((at) => {
    if (kinds[at] !== 'blank') isNew = kinds[at] === 'text' || kept.has(at);
    return isNew;
  });
}

/** A forward without a word is news; an answer without a word says nothing. */
function isNewsAsWhole(
  lines: readonly string[],
  kinds: readonly LineKind[],
  newText: string,
): boolean {
  const first = kinds.findIndex((kind) => kind !== 'blank' && kind !== 'signature');
  const line = (lines[first] ?? '').slice(0, 200);
  if (kinds[first] === 'banner' && !kinds.includes('history') && !kinds.includes('quote')) {
    return readHeaderLine(line) !== undefined || newText === '';
  }
  if (newText !== '') return false;
  if (first < 0 || kinds[first] === 'banner') return true;
  if (kinds[first] === 'history') return findAttribution(lines, first) === undefined;
  return FORWARD_MARK.test(line.replace(/^[\s>]+/, ''));
}

function tidy(lines: readonly string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
