import type { Dialect } from './dialect.ts';

/** One recipient as the words of a report have it. */
export interface ToldRecipient {
  readonly address?: string;
  readonly words: string;
}

const MAX_RECIPIENTS = 100;
const MAX_WORDS = 4_000;
/** Rules and boundaries. */
const RULE = /^\s*(?:[-=_*#+]{4,}.{0,4}|--\S{8,}|Content-[\w-]{1,40}:.{0,200})$/i;

interface Draft {
  address?: string;
  words: string;
}

/** Reads what a dialect says in words: who was not reached, and why. */
export function readFreeText(
  lines: readonly string[],
  dialect: Dialect,
  isOwn: (address: string) => boolean,
): { readonly recipients: readonly ToldRecipient[]; readonly before: string } {
  const from = dialect.start === undefined ? 0 : lines.findIndex((one) => dialect.start?.test(one));
  if (from < 0) return { recipients: [], before: '' };
  const drafts: Draft[] = [];
  let before = '';
  for (const line of lines.slice(from)) {
    if (line.trim() === '') continue;
    const found = matchRecipient(line.slice(0, 1_000), dialect, isOwn);
    const current = drafts.at(-1);
    if (found !== undefined) {
      if (!addRecipient(drafts, found)) break;
      if (found.words === '' && found.isAlias) continue;
      append(drafts.at(-1), found.words);
    } else if (!RULE.test(line) && dialect.ignore?.test(line) !== true) {
      if (current === undefined) before = join(before, line);
      else append(current, line);
    }
  }
  const all = drafts.filter(({ address }) => address !== undefined);
  const shared = join(before, drafts.map(({ words }) => words).join(' '));
  return {
    before,
    recipients: all.map(({ address, words }) => ({
      ...(address === undefined ? {} : { address }),
      words: dialect.shared === true || words.trim() === '' ? shared : words,
    })),
  };
}

interface Found {
  readonly address?: string;
  readonly words: string;
  readonly isAlias: boolean;
}

function matchRecipient(
  line: string,
  dialect: Dialect,
  isOwn: (address: string) => boolean,
): Found | undefined {
  if (dialect.anonymous?.test(line) === true) return { words: line, isAlias: false };
  const [, alias] = dialect.alias?.exec(line) ?? [];
  if (alias !== undefined) return { address: tidy(alias), words: '', isAlias: true };
  for (const pattern of dialect.recipients) {
    const [, given, words] = pattern.exec(line) ?? [];
    const address = given === undefined ? undefined : tidy(given);
    if (address === undefined || !/^[^@]+@[^@]+$/.test(address) || isOwn(address)) continue;
    const isAlone = line.replace(/[<>"'\s:]/g, '') === address;
    return { address, words: isAlone ? '' : words || line.trim(), isAlias: false };
  }
  return undefined;
}

/** False when there is no more room. */
function addRecipient(drafts: Draft[], { address, isAlias, words }: Found): boolean {
  const current = drafts.at(-1);
  if (isAlias) {
    if (current !== undefined && address !== undefined) current.address ??= address;
    return true;
  }
  const known =
    address === undefined ? undefined : drafts.find((one) => same(one.address, address));
  if (known !== undefined) {
    // The next lines are about that one again.
    if (known !== current) drafts.push(...drafts.splice(drafts.indexOf(known), 1));
    return true;
  }
  if (drafts.length === MAX_RECIPIENTS) return false;
  drafts.push({ ...(address === undefined ? {} : { address }), words: '' });
  return words.length < MAX_WORDS * 10;
}

function same(one: string | undefined, other: string): boolean {
  return one !== undefined && one.toLowerCase() === other.toLowerCase();
}

function tidy(address: string): string {
  return address.replace(/^[<'"[]+|[>'"\].,;]+$/g, '');
}

function append(draft: Draft | undefined, line: string): void {
  if (draft !== undefined) draft.words = join(draft.words, line);
}

function join(words: string, line: string): string {
  const more = line.trim();
  if (more === '' || words.length > MAX_WORDS) return words;
  return words === '' ? more : `${words} ${more}`;
}
