import type { ThreadFacts } from '../facts.ts';

const QUOTED = /^[ \t]*>.*$/gm;
/** Marks of quotes, lists and code: one can stand within another. */
const MARKS = /^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])+(?:(?:`{3}|~{3}).*)?|^(?:`{3}|~{3}).*/gm;

/**
 * What an author says in a conversation (Markdown), the fences of code taken away. Quotes of what was
 * written in the thread are not theirs; a quote of anything else is a way to say it.
 */
export function toOwnWords(
  body: string,
  thread: Pick<ThreadFacts, 'quotesThread'> | undefined,
): string {
  const said = thread?.quotesThread === true ? body.replace(QUOTED, '') : body;
  return said.replace(MARKS, '');
}
