import {
  ADDRESS_WROTE,
  BEGINS_WITH_ON,
  WROTE_BEFORE_TEXT,
  WROTE_BEHIND_TEXT,
  WROTE_WITHIN_ANY,
  WROTE_WITHIN_TEXT,
} from './attribution-words.ts';
import { findAttribution } from './find-attribution.ts';
import { findHeaderBlocks } from './find-header-block.ts';
import { isBanner, isBannerLine, isDeviceLine } from './footers.ts';
import { readHeaderLine } from './header-labels.ts';
import { FORWARD_MARK, MARK_BEFORE_FIELD, MARK_WITHIN_TEXT, ORIGINAL_MARK } from './separators.ts';

/**
 * What a line is. `history` is everything from the mark of another message to the end; `banner` is
 * what stands above the text: a warning, or the header of the message itself.
 */
export type LineKind =
  | 'text'
  | 'blank'
  | 'quote'
  | 'attribution'
  | 'history'
  | 'banner'
  | 'delimiter'
  | 'rule'
  | 'device'
  | 'signature';

/** RFC 3676 §4.3 "-- ", without its space, and what people and lists use in its place. */
const DELIMITER = /^\s{0,3}(?:--|__|==|\+\+|—{1,3}|–{1,2}|ᐧ)\s*$/u;
const RULE =
  /^\s{0,3}(?:([-_=+~*#—–])(?:\s?\1){2,}|[-_=~*#]{5,}|[*\s]{0,4}([.•·])(?:\s?\2){4,}[*\s]{0,4})\s*$/u;
/** "| old words", as some programs quote; a line of a table has another stroke. */
const PIPED = /^\s?\|(?:\s[^|]*)?$/;

/** The mark of a quoted line, in full width as well. */
const QUOTED = /^\s{0,4}[>＞]/;

/** The lines of a text. */
export interface TextLines {
  readonly lines: string[];
  /** Of each, which line of the text it stood on. */
  readonly origins: readonly number[];
}

/** The lines of a text, with an attribution behind a sentence on a line of its own. */
export function toLines(text: string): TextLines {
  const given = text.replace(/\r\n?|\u2028|\u2029/g, '\n').split('\n');
  const lines: string[] = [];
  const origins: number[] = [];
  for (const at of given.keys()) {
    for (const line of splitLine(given, at)) {
      lines.push(line);
      origins.push(at);
    }
  }
  return { lines, origins };
}

function splitLine(lines: readonly string[], at: number): readonly string[] {
  const line = lines[at] ?? '';
  const head = line.slice(0, 500).trimStart();
  const [, before, quoted] = BEGINS_WITH_ON.test(head) ? (WROTE_BEFORE_TEXT.exec(head) ?? []) : [];
  if (before !== undefined && quoted !== undefined) {
    return [before, line.slice(line.indexOf(before) + before.length).trimStart()];
  }
  const [, mine, wrote] = findWithin(head);
  if (mine !== undefined && wrote !== undefined) {
    return [
      ...splitDevice(mine),
      wrote,
      line.slice(line.indexOf(wrote) + wrote.length).trimStart(),
    ];
  }
  if (line.length > 600 || !line.endsWith('wrote:')) return [line];
  if (!isQuoteNext(lines, at + 1)) return [line];
  const [, own, attribution] = WROTE_BEHIND_TEXT.exec(line) ?? [];
  if (own === undefined || attribution === undefined) return [line];
  return [own, attribution];
}

function findWithin(head: string): readonly (string | undefined)[] {
  if (head.includes('> wrote:')) return WROTE_WITHIN_TEXT.exec(head) ?? [];
  if (/^[\p{L}\d]/u.test(head) && head.includes('----')) return MARK_WITHIN_TEXT.exec(head) ?? [];
  return ADDRESS_WROTE.test(head) ? (WROTE_WITHIN_ANY.exec(head) ?? []) : [];
}

/** "Yes -- Sent from my phone", where a program lost the breaks. */
function splitDevice(own: string): readonly string[] {
  const at = own.lastIndexOf(' -- ');
  return at > 0 && isDeviceLine(own.slice(at + 4)) ? [own.slice(0, at), own.slice(at + 1)] : [own];
}

/** What each line is, looked at by itself and with the next few. */
export function classifyLines(lines: readonly string[]): LineKind[] {
  const kinds: LineKind[] = [];
  const blocks = findHeaderBlocks(lines);
  let hasText = false;
  while (kinds.length < lines.length) {
    const at = kinds.length;
    const line = lines[at] ?? '';
    const kind = hasText && isPiped(lines, at, kinds) ? 'quote' : classifyLine(line);
    if (kind !== undefined) {
      kinds.push(kind);
    } else if (!hasText && blocks.beginsAt(at)) {
      fill(kinds, 'banner', blocks.endOf(at) - at);
    } else if (isMark(line) || isForward(lines, at) || blocks.beginsAt(at)) {
      fill(kinds, 'history', lines.length - at);
    } else if (!hasText && isBanner(line)) {
      fill(kinds, 'banner', countBanner(lines, at));
    } else {
      const attribution = readAttribution(lines, at);
      if (attribution === undefined) {
        hasText = true;
        kinds.push('text');
      } else {
        fill(kinds, attribution.kind, attribution.count);
      }
    }
  }
  return kinds;
}

function classifyLine(line: string): LineKind | undefined {
  if (line.trim() === '') return 'blank';
  if (QUOTED.test(line)) return 'quote';
  if (line.length <= 240) {
    if (!/[\p{L}\d]/u.test(line.slice(0, 12))) {
      if (DELIMITER.test(line)) return 'delimiter';
      if (RULE.test(line)) return 'rule';
    }
    if (isDeviceLine(line)) return 'device';
  }
  return undefined;
}

/** A warning may be wrapped; in HTML the person's words may follow without a blank line. */
function countBanner(lines: readonly string[], from: number): number {
  let at = from + 1;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || !isBannerLine(line, lines[at - 1] ?? '')) break;
  }
  return at - from;
}

function isMark(line: string): boolean {
  if (line.length <= 160 && (ORIGINAL_MARK.test(line) || FORWARD_MARK.test(line))) return true;
  const [mark] = MARK_BEFORE_FIELD.exec(line.slice(0, 200)) ?? [];
  return mark !== undefined && readHeaderLine(line.slice(mark.length, 600)) !== undefined;
}

/** "Begin forwarded message" without its colon, above a field of that message. */
function isForward(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (line.length > 80 || readHeaderLine(lines[at + 1] ?? '') === undefined) return false;
  return FORWARD_MARK.test(`${line.trimEnd()}:`);
}

/** Two such lines, or one below a quoted line. */
function isPiped(lines: readonly string[], at: number, kinds: readonly LineKind[]): boolean {
  const isOne = (line = ''): boolean => line.length <= 600 && PIPED.test(line);
  return isOne(lines[at]) && (kinds[at - 1] === 'quote' || isOne(lines[at + 1]));
}

function readAttribution(lines: readonly string[], at: number) {
  const found = findAttribution(lines, at);
  if (found === undefined) return undefined;
  if (isQuoteNext(lines, at + found.lines))
    return { kind: 'attribution' as const, count: found.lines };
  return found.isSure ? { kind: 'history' as const, count: lines.length - at } : undefined;
}

function isQuoteNext(lines: readonly string[], from: number): boolean {
  for (let at = from; at < lines.length && at < from + 3; at++) {
    const line = lines[at] ?? '';
    if (line.trim() !== '') return QUOTED.test(line);
  }
  return false;
}

function fill(kinds: LineKind[], kind: LineKind, count: number): void {
  for (let left = count; left > 0; left--) kinds.push(kind);
}
