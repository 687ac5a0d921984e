import { GERMANIC } from './germanic.ts';
import { ROMANCE } from './romance.ts';
import { SLAVIC_AND_ASIAN } from './slavic-and-asian.ts';
import type { StopLanguage } from './stop-language.ts';

/** Whether somebody asks to get no more mail: certainly, perhaps, or not at all. */
export type StopVerdict = 'clear' | 'unclear' | 'none';

/** Longer mail is about more than that; what it says about stopping is for a person to read. */
const MAX_CLEAR = 2_000;
const MAX_READ = 20_000;
/** One word counts only when nearly nothing stands beside it. */
const MAX_BARE = 100;
/** What is longer is no single word, its breaks left out. */
const MAX_SHORT = 2 * MAX_BARE;
const MAX_SENTENCE = 300;

/**
 * Reads what somebody wrote, without the quoted history, for a request to stop. A request is a whole
 * sentence that says so, its object included: "unsubscribe the details from the thread" is none, and
 * neither is one that somebody quotes. Whatever only looks like one is `unclear`. Linear time.
 */
export function judgeStopRequest(newText: string): StopVerdict {
  const text = normalise(newText.slice(0, MAX_READ));
  if (text === '') return 'none';
  const own = text.replace(QUOTED, ' ¶ ');
  if (own.length > MAX_SHORT && !maySay(text) && (own === text || !maySay(own))) return 'none';
  if (text.length <= MAX_CLEAR && isClear(own)) return 'clear';
  return hasHint(text) ? 'unclear' : 'none';
}

const QUOTED =
  /"[^"]{0,500}"|“[^”]{0,500}”|„[^“”]{0,500}[“”]|«[^»]{0,500}»|「[^」]{0,500}」|^>.*$/gm;

/** Lower case, one form of each character, Latin letters without accents. */
function normalise(text: string): string {
  const folded = FOLDABLE.test(text) ? fold(text) : text.toLowerCase();
  return (
    folded
      .replace(/[’‘`´]/g, "'")
      // Runs of them would make the patterns below look again from each.
      .replace(/[^\S\r\n]{2,}|[^\S\r\n ]/g, ' ')
      .trim()
  );
}

/** Most mail has ASCII, dashes and quotation marks alone, and there is nothing to fold in it then. */
const FOLDABLE = /[^\0-\x7f«»\u2013\u2014\u2018\u2019\u201c-\u201e]/;

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replace(/ё/g, 'е')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '');
}

interface Sentence {
  readonly text: string;
  readonly asks: boolean;
}

/** At full stops and breaks. */
function toSentences(text: string): readonly Sentence[] {
  const parts = text.match(/[^.!?。！？…\r\n]+(?:\.(?=\S)[^.!?。！？…\r\n]+)*[.!?。！？…]*/g) ?? [];
  return parts.map((part) => ({
    text: part
      .replace(/[.!?。！？…\s]+$/, '')
      .replace(/^[\s\-–—*•,;:)¿¡]+/, '')
      .replace(/\s+/g, ' '),
    asks: /[?？][.!?。！？…\s]*$/.test(part),
  }));
}

/** A line can end where a sentence does, or where it was wrapped: then it goes on in the next. */
function isClear(text: string): boolean {
  const wrapped = text.replace(/(?<=.{30})[ \t]*\r?\n(?=\S)/g, ' ');
  return hasRequest(text) || (wrapped !== text && hasRequest(wrapped));
}

function hasRequest(text: string): boolean {
  const sentences = toSentences(text).filter(({ text: words }) => words.length <= MAX_SENTENCE);
  if (sentences.some((sentence) => READERS.some((reader) => reader.requests(sentence))))
    return true;
  return text.length <= MAX_BARE && READERS.some((reader) => reader.says(sentences));
}

/**
 * Whether the words of any request, in any language, stand anywhere. One look at the whole text, with
 * which most mail ends; those below look at each sentence in each language.
 */
function maySay(text: string): boolean {
  const line = text.replace(/\s{2,}|[\r\n]/g, ' ');
  return BEGINNINGS.test(line) && WORDS.test(line);
}

/** What no language finds in the whole is in none of its sentences. */
function hasHint(text: string): boolean {
  const readers = READERS.filter(({ sign }) => sign.test(text));
  if (readers.length === 0) return false;
  return toSentences(text).some((sentence) => readers.some(({ hints }) => hints(sentence.text)));
}

interface Reader {
  requests(sentence: Sentence): boolean;
  says(sentences: readonly Sentence[]): boolean;
  /** Looks at nothing beside what it finds, so that it may be asked about many sentences at once. */
  readonly sign: RegExp;
  hints(text: string): boolean;
}

function toReader(language: StopLanguage): Reader {
  const { core, tail, bare, hint, footer = [], unspaced = false } = language;
  const edge = unspaced ? '' : '(?![\\p{L}\\p{N}])';
  const join = (sources: readonly string[]): string => sources.join('|');
  const open = `(?:(?:${join([...language.open, ...language.ask])})${edge}[\\s,，、:;!–—-]*){0,6}`;
  const end = unspaced
    ? `(?:[\\s,，、]*(?:${join(tail)})){0,3}[\\s,，、]*$`
    : `(?=$|\\s*[,;:()–—]|\\s+(?:${join(tail)})${edge})`;
  const request = new RegExp(`^(${open})(?:${join(core)})${end}`, 'u');
  const word = new RegExp(
    `^${open}(?:${join(bare)})(?:[\\s,，、]+(?:${join(tail)})${edge})?[\\s,]*$`,
    'u',
  );
  const sign = new RegExp(unspaced ? join(hint) : `(?<![\\p{L}])(?:${join(hint)})`, 'u');
  const asking = language.ask.length === 0 ? undefined : new RegExp(join(language.ask), 'u');
  const below = footer.length === 0 ? undefined : new RegExp(`^(?:${join(footer)})`, 'u');
  return {
    requests({ text, asks }) {
      const match = request.exec(text);
      if (match === null) return false;
      return !asks || unspaced || asking?.test(match[1] ?? '') === true;
    },
    says: ([first]) => first !== undefined && !first.asks && word.test(first.text),
    sign,
    hints: (text) => sign.test(text) && below?.test(text) !== true,
  };
}

const LANGUAGES: readonly StopLanguage[] = [...GERMANIC, ...ROMANCE, ...SLAVIC_AND_ASIAN];
const READERS: readonly Reader[] = LANGUAGES.map(toReader);

/** Without what may stand around them, so that it finds all that readers do in more than a word. */
const WORDS = toWords(LANGUAGES, (core) => core);

/** How they begin, which is found sooner: V8 compiles no pattern above 20 kB to its fastest form. */
const BEGINNINGS = toWords(LANGUAGES, firstWords);

function toWords(languages: readonly StopLanguage[], cut: (core: string) => string): RegExp {
  const { spaced = [], unspaced = [] } = Object.groupBy(languages, (language) =>
    language.unspaced === true ? 'unspaced' : 'spaced',
  );
  const join = (some: readonly StopLanguage[]): string =>
    some.flatMap(({ core, hint }) => [...core.map(cut), ...hint]).join('|');
  return new RegExp(`(?<![\\p{L}])(?:${join(spaced)})|${join(unspaced)}`, 'u');
}

/** A pattern up to its second space outside of groups: what does not match it, does not match it all. */
function firstWords(core: string): string {
  let depth = 0;
  let spaces = 0;
  for (let at = 0; at < core.length; at++) {
    const character = core[at];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth > 0) continue;
    if (character === '|') return core;
    if (character === ' ' && /^ (?![?*{])/.test(core.slice(at))) spaces += 1;
    if (spaces === 2) return core.slice(0, at);
  }
  return core;
}
