import type { LineKind } from './classify-lines.ts';

interface Quotation {
  readonly from: number;
  readonly to: number;
  readonly isAttributed: boolean;
  readonly isAnswered: boolean;
}

/**
 * Which quotations belong to the new text. One that stands below everything is history, and so is
 * one that a program put above the answer (it says who wrote it). What is answered point by point,
 * and what the person quoted by hand, stays: without it the answers say nothing.
 */
export function findKeptQuotes(lines: readonly string[], kinds: LineKind[]): ReadonlySet<number> {
  joinWrapped(lines, kinds);
  const quotations = findQuotations(lines, kinds).filter(({ isAnswered }) => isAnswered);
  const isPointByPoint = quotations.length > 1;
  const kept = new Set<number>();
  for (const { from, isAttributed, to } of quotations) {
    if (isAttributed && !isPointByPoint) continue;
    for (let at = from; at < to; at++) if (kinds[at] === 'quote') kept.add(at);
  }
  return kept;
}

function findQuotations(lines: readonly string[], kinds: readonly LineKind[]): Quotation[] {
  const found: Quotation[] = [];
  const first = kinds.indexOf('text');
  const last = kinds.lastIndexOf('text');
  for (let at = 0; at < kinds.length; ) {
    if (kinds[at] !== 'quote' && kinds[at] !== 'attribution') {
      at++;
      continue;
    }
    const from = at;
    const mayBeByHand = kinds[at] === 'quote' && first < from;
    if (mayBeByHand) at = skipQuote(kinds, at);
    const isByHand = kinds[at] === 'attribution' && mayBeByHand && isOneLevel(lines, from, at);
    let isAttributed = false;
    while (at < kinds.length && kinds[at] !== 'text' && kinds[at] !== 'history' && !isByHand) {
      isAttributed ||= kinds[at] === 'attribution';
      at++;
    }
    found.push({ from, to: at, isAttributed, isAnswered: isByHand || at <= last });
  }
  return found;
}

/** Index of the line below quoted and empty lines. */
function skipQuote(kinds: readonly LineKind[], from: number): number {
  let at = from;
  while (kinds[at] === 'quote' || kinds[at] === 'blank') at++;
  return at;
}

/**
 * Words that were quoted once: above the line that says who wrote a quotation no program quotes, so
 * that a person did.
 */
function isOneLevel(lines: readonly string[], from: number, to: number): boolean {
  const own = lines.slice(from, to).map((line) => line.slice(0, 200));
  return (
    own.some((line) => /[\p{L}\d]/u.test(line)) &&
    !own.some((line) => /^\s{0,4}[>＞] ?[>＞]/.test(line))
  );
}

/** Lines of a quotation that a program wrapped and did not mark again. */
function joinWrapped(lines: readonly string[], kinds: LineKind[]): void {
  for (let at = 1; at < kinds.length; at++) {
    if (kinds[at] !== 'text' || kinds[at - 1] !== 'quote') continue;
    const above = (lines[at - 1] ?? '').slice(0, 2_000);
    const line = (lines[at] ?? '').slice(0, 2_000);
    if (isOpen(above) && /[>)\]]/.test(line)) kinds[at] = 'quote';
    else if (kinds[at + 1] === 'quote' && /^\s?\(https?:/.test(line)) kinds[at] = 'quote';
    else if (above.trimEnd().length >= 60 && /^\p{Ll}/u.test(line) && endsHere(kinds, at + 1)) {
      kinds[at] = 'quote';
    }
  }
}

function endsHere(kinds: readonly LineKind[], at: number): boolean {
  return kinds[at] === 'quote' || (kinds[at] === 'blank' && kinds[at + 1] === 'quote');
}

/** Whether a bracket is opened in the line and not closed. */
function isOpen(line: string): boolean {
  const text = line.replace(/^[\s>]+/, '');
  return /[<([][^<>()[\]]*$/.test(text);
}
