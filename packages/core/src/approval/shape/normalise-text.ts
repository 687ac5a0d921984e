import { CURRENCY_AFTER, CURRENCY_BEFORE, OFFER_WORDS, PERCENT } from './claim-words.ts';
import { normaliseUrl } from './normalise-url.ts';

/** What was put aside because it differs from recipient to recipient. */
export interface VaryingValue {
  readonly kind: 'name' | 'number' | 'amount' | 'link' | 'address';
  readonly value: string;
}

export interface NormaliseOptions {
  /** Marketing keeps its prices and offers: there they are claims. */
  readonly marketing: boolean;
  /** Words that stand for the recipient; whole words, spelled exactly so. */
  readonly names: readonly string[];
  /** The same, where the first line greets. @default none */
  readonly greeted?: readonly string[];
  readonly addresses: readonly string[];
  /** The operator's own host names, lower case. */
  readonly ownHosts: readonly string[];
}

export interface NormalisedText {
  readonly text: string;
  readonly varying: readonly VaryingValue[];
}

/** Longer text is compared as it is: measured, 50,000 characters of links take 0.25 s. */
const MAX_LENGTH = 50_000;

/** What a reader does not see, emoji sequences apart: with it nothing is put aside. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
const EMOJI_JOINTS = /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier})[\u{FE0F}\u{200D}]+/gu;

/** In a line of marketing with one of these every number is a claim. */
const OFFER = [OFFER_WORDS, /[%％﹪٪‰‱]|\p{Sc}/u];

// Without the flag i, which would make names match in any case.
const LINK = /(?:[Hh][Tt][Tt][Pp][Ss]?:\/\/|[Ww]{3}\.)[^\s<>"'`)\]]+/u;
/** Mail programs make links of these, too; what looks like one and is none only parts a group. */
const BARE_HOST = /(?<![\p{L}\p{N}_@.-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/:?#][^\s<>"'`)\]]*)?/u;
const ADDRESS = /(?<![^\s<>()[\],;:"])[^\s<>()[\],;:"@]{1,64}@[^\s<>()[\],;:"]+/u;
/** Digits with what stands inside of numbers, ranges, dates and times; `5 0 %` is one, too. */
const NUMBER = /[0-9]+(?:[\s.,:'’/–-]{1,3}[0-9]+)*/u;
/** How far a sign or a unit may stand from its number. */
const NEAR = 24;
/** With nothing beside it that would make it part of a word, a code or a calculation. */
const STANDS_ALONE = { before: /(?:^|[\s(#:"'\-–/.,])$/u, after: /^(?:$|[\s).,;:!?"'\-–/])/u };

/**
 * A text as two messages of one kind share it: names, plain numbers and own links are put aside,
 * everything else stays, to the letter. Percentages stay always; an amount keeps its sign,
 * currency and number of digits, and in marketing its value.
 */
export function normaliseText(text: string, options: NormaliseOptions): NormalisedText {
  const plain = text.normalize('NFC');
  // Between a number and its sign an invisible character would hide the sign from this function.
  if (plain.length > MAX_LENGTH || INVISIBLE.test(plain.replace(EMOJI_JOINTS, ''))) {
    return { text: `exact:${plain}`, varying: [] };
  }
  const varying: VaryingValue[] = [];
  const { names, greeted = [] } = options;
  const token = toTokenPattern(names);
  const inGreeting = greeted.length === 0 ? token : toTokenPattern([...names, ...greeted]);
  const lines = plain
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '');
  const normal = lines.map((line, index) => {
    const offer = options.marketing && OFFER.some((sign) => sign.test(line));
    return line.replace(index === 0 ? inGreeting : token, (found: string, ...rest: unknown[]) => {
      const at = rest.at(-3) as number;
      const end = at + found.length;
      const groups = rest.at(-1) as Groups;
      // Behind the sign that ends a greeting its words are words like any others.
      const isWord = groups.name !== undefined && !names.includes(found);
      if (isWord && /[,!:]/.test(line.slice(0, at))) return found;
      const kept = toKept(found, groups, {
        ...options,
        offer,
        // A sign may stand at the end of the line before, or at the start of the next one.
        before: at > NEAR ? line.slice(at - NEAR, at) : near(lines[index - 1], line.slice(0, at)),
        after: near(line.slice(end, end + NEAR), lines[index + 1]),
      });
      if (kept.text !== found) varying.push({ kind: kept.kind, value: found });
      return kept.text;
    });
  });
  return { text: normal.join('\n'), varying };
}

type Groups = Readonly<Record<'link' | 'address' | 'host' | 'name', string | undefined>>;

interface Place extends NormaliseOptions {
  readonly offer: boolean;
  readonly before: string;
  readonly after: string;
}

interface Kept {
  readonly kind: VaryingValue['kind'];
  readonly text: string;
}

function near(before = '', after = ''): string {
  return `${before.slice(-NEAR)} ${after.slice(0, NEAR)}`;
}

function toKept(found: string, { link, address, host, name }: Groups, place: Place): Kept {
  if (host !== undefined) return { kind: 'link', text: found };
  if (link !== undefined) return { kind: 'link', text: normaliseUrl(found, place.ownHosts) };
  if (address !== undefined) {
    const own = place.addresses.includes(found.toLowerCase());
    return { kind: 'address', text: own ? '‹address›' : found };
  }
  return name === undefined ? toKeptNumber(found, place) : { kind: 'name', text: '‹name›' };
}

function toTokenPattern(names: readonly string[]): RegExp {
  const words = [...new Set(names)]
    .filter((name) => name.length > 1)
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  const parts = [
    `(?<link>${LINK.source})`,
    `(?<address>${ADDRESS.source})`,
    `(?<host>${BARE_HOST.source})`,
  ];
  if (words.length > 0) {
    parts.push(`(?<name>(?<![\\p{L}\\p{M}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{M}\\p{N}]))`);
  }
  parts.push(`(?<number>${NUMBER.source})`);
  return new RegExp(parts.join('|'), 'gu');
}

/** The number itself where it says something, else what is left of it. */
function toKeptNumber(found: string, { offer, marketing, before, after }: Place): Kept {
  if (PERCENT.test(after)) return { kind: 'number', text: found };
  if (CURRENCY_AFTER.test(after) || CURRENCY_BEFORE.test(before)) {
    return { kind: 'amount', text: marketing ? found : `‹amount:${countWhole(found)}›` };
  }
  const alone = STANDS_ALONE.before.test(before) && STANDS_ALONE.after.test(after);
  return { kind: 'number', text: alone && !offer ? '#' : found };
}

/** Digits before the decimals: 1,250.00 has four. */
function countWhole(number: string): number {
  return number.replace(/[.,][0-9]{1,2}$/, '').replace(/[^0-9]/g, '').length;
}
