const SPECIAL = /[\\`*_[\]<~&]/g;
const REFERENCE = /^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/i;
const WORD = /[\p{L}\p{N}]/u;

/**
 * Words as Markdown that says the same: nothing in them becomes a link, an element, code or emphasis.
 * Brackets are escaped everywhere, so no text can look like a link of the HTML.
 */
export function escapeMarkdown(words: string): string {
  return words.replace(SPECIAL, (mark, at: number) => {
    if (isPlain(mark, words, at)) return mark;
    // A backslash behind an address is read as a part of it.
    return mark === '<' ? '&lt;' : `\\${mark}`;
  });
}

/** Whether the mark at this place means nothing in Markdown. */
function isPlain(mark: string, words: string, at: number): boolean {
  const [before, after] = [words[at - 1] ?? '', words[at + 1] ?? ''];
  switch (mark) {
    case '\\':
      return /^[\p{L}\p{N}\s]$/u.test(after);
    case '*':
      return isSpace(before) && isSpace(after);
    case '_':
      return (isSpace(before) && isSpace(after)) || (WORD.test(before) && WORD.test(after));
    case '<':
      return /^[\s\d=(.,]$/.test(after);
    case '~':
      return before !== '~' && after !== '~';
    case '&':
      return !REFERENCE.test(words.slice(at, at + 40));
    default:
      return false;
  }
}

/** At the edge of the words anything may follow. */
function isSpace(character: string): boolean {
  return character !== '' && /\s/.test(character);
}

/** Makes a line of words no heading, and no rule under the line above it. */
export function escapeLineStart(line: string): string {
  if (/^#{1,6}(?:\s|$)/.test(line) || /^(?:[-=+]\s*){2,}$/.test(line)) return `\\${line}`;
  return line;
}

/**
 * The same for what stands between brackets of ours: brackets become parentheses, since some readers
 * of Markdown take the backslashes away there and read what is left once more.
 */
export function escapeLabel(words: string): string {
  return escapeMarkdown(words.replaceAll('[', '(').replaceAll(']', ')'));
}
