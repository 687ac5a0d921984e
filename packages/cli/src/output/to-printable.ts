/** Controls other than tab and newline, and formats that hide or reorder text; joiners are kept. */
const HIDDEN = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text of an agent or a stranger, safe to show in a terminal: an escape sequence could repaint
 * what the reviewer decides on, so each such character becomes its visible code point.
 */
export function toPrintable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(HIDDEN, toVisible);
}

/** The same on one line. */
export function toPrintableLine(text: string): string {
  return toPrintable(text.replace(/\s+/gu, ' ').trim());
}

/** JSON for pipes and terminals: the same characters, escaped so that parsing gives them back. */
export function toPrintableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(HIDDEN, toEscape);
}

function toVisible(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

function toEscape(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}
