import { NAMED_CHARACTERS } from './named-characters.ts';

const REFERENCE = /&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,7});/g;
const WINDOWS = new TextDecoder('windows-1252');

/**
 * The characters that `&amp;`, `&#8364;` and the like stand for in HTML and in Markdown (CommonMark
 * §2.5); the names that mail is likely to use. Others, and controls, stay as they were written.
 */
export function decodeCharacterReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (written, name: string) => {
    if (!name.startsWith('#')) return NAMED_CHARACTERS.get(name) ?? written;
    const hex = name[1] === 'x' || name[1] === 'X';
    const code = hex ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    if (code > 0x10ffff) return written;
    const character = toCharacter(code);
    return /[\p{Cc}\p{Cs}]/u.test(character) ? written : character;
  });
}

/** Programs count on windows-1252 where Unicode has controls, and HTML lets them (§13.2.5.80). */
function toCharacter(code: number): string {
  return code >= 0x80 && code <= 0x9f
    ? WINDOWS.decode(Uint8Array.of(code))
    : String.fromCodePoint(code);
}

/** Text as it may stand in an HTML element or a quoted attribute. */
export function escapeHtml(text: string): string {
  if (!/[&<>"']/.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
