import { createHash } from 'node:crypto';
import type { Address } from '../../identity/address.ts';

/**
 * Marks of one body, and minima in each: 98 of 100 pairs with nine tenths of all their words in
 * common share a mark, and 5 of 100 with half of them.
 */
const BANDS = 6;
const ROWS = 7;
/** Fewer different words than this, and no link: "Thank you, it is done" is said to everybody. */
const LEAST_WORDS = 8;

const LINK = /https?:\/\/([^\s/?#<>"'`)\]]+)[^\s<>"'`)\]]*/giu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Between two words stands something, or one long word could be read in many ways. */
const GREETING = /^[\p{L}\p{M}.'’-]+(?:[ ,]+[\p{L}\p{M}.'’-]+){0,5}[ ,]*[,:!]?$/u;
/** RFC 3676 §4.3; a longer one, in characters, is no signature but a hiding place. */
const MAX_SIGNATURE = 400;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Who is told what. */
export interface ToldBody {
  /** Markdown, in the author's own words ({@link toOwnWords}). */
  readonly body: string;
  readonly recipients: readonly Address[];
}

/**
 * Marks that two bodies share when they are nearly the same: MinHash over their different words, in
 * bands. The order of words and sentences counts for nothing, nor do the greeting, the recipient's
 * name, numbers, paths of links and the signature. A body that says next to nothing has none.
 */
export function bodyMarks({ body, recipients }: ToldBody): readonly string[] {
  const text = body.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const hasLink = new RegExp(LINK.source, 'iu').test(text);
  const words = findWords(text, recipients);
  if (words.size < LEAST_WORDS && !hasLink) return [];
  const minima = findMinima(words);
  return Array.from({ length: BANDS }, (_, band) => {
    const least = minima.slice(band * ROWS, (band + 1) * ROWS).join(' ');
    return createHash('sha256').update(`1 ${band} ${least}`).digest('hex').slice(0, 24);
  });
}

function findWords(text: string, recipients: readonly Address[]): ReadonlySet<string> {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  const said = withoutSignature(lines.filter((line) => line !== ''));
  const [first = '', ...rest] = said;
  const greets = GREETING.test(first) && rest.length > 0;
  const names = new Set([
    ...(greets ? toWords(first) : []),
    ...recipients.flatMap((address) => toWords(address.slice(0, address.lastIndexOf('@')))),
  ]);
  const words = toWords((greets ? rest : said).join('\n').replace(LINK, ' $1 '));
  return new Set(words.filter((word) => !names.has(word)));
}

function withoutSignature(lines: readonly string[]): readonly string[] {
  const at = lines.indexOf('--');
  const isSignature = at > 0 && lines.slice(at).join('\n').length <= MAX_SIGNATURE;
  return isSignature ? lines.slice(0, at) : lines;
}

function toWords(text: string): readonly string[] {
  const words = text.toLowerCase().match(WORD) ?? [];
  return words.flatMap((word) => {
    if (/\p{N}/u.test(word)) return ['#'];
    return UNSPACED.test(word) ? toPairs(word) : [word];
  });
}

/** Where words stand without spaces, two signs next to each other are one. */
function toPairs(word: string): readonly string[] {
  const signs = [...word];
  return signs.slice(0, -1).map((sign, at) => `${sign}${signs[at + 1]}`);
}

function findMinima(words: ReadonlySet<string>): Uint32Array {
  const minima = new Uint32Array(BANDS * ROWS).fill(0xffffffff);
  for (const word of words) {
    const hash = hashWord(word);
    for (let at = 0; at < minima.length; at += 1) {
      const value = mix(hash ^ Math.imul(at + 1, 0x9e3779b1));
      if (value < (minima[at] ?? 0)) minima[at] = value;
    }
  }
  return minima;
}

/** FNV-1a over UTF-16. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  }
  return hash;
}

/** The finisher of MurmurHash3. */
function mix(hash: number): number {
  let value = hash;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
