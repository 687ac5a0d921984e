const DIGIT = /\d/;
const WORD = /[\p{L}\p{N}]/u;

/**
 * Text of which no character means anything in Markdown: no emphasis, link, list, heading, table,
 * character reference or bare URL can start, end or continue in it. White space becomes single
 * spaces, so that it stays on its line.
 */
export function escapeMarkdown(value: string): string {
  const text = value.replace(/[\s\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return text.replace(/[\\`*_{}[\]()#!<>|~&=+.:-]/g, (character, at: number) => {
    const before = text[at - 1] ?? '';
    const after = text[at + 1] ?? '';
    // Readable where it is safe: 19.90, 2026-05-07, 10:30, "Note: x".
    if (character === '.' && DIGIT.test(before) && DIGIT.test(after)) return character;
    if (character === '-' && WORD.test(before) && WORD.test(after)) return character;
    if (character === ':' && after !== '' && after !== '/') return character;
    return `\\${character}`;
  });
}
