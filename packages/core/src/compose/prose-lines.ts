import { decodeCharacterReferences } from './character-references.ts';
import { lexMarkdown } from './lex-markdown.ts';
import { toSingleSpaces } from './to-single-spaces.ts';
import { visibleLines } from './visible-lines.ts';

/** One line of the author's own words, and the part of the body it stands in. */
export interface ProseLine {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** RFC 3676 §4.3; a longer one is no signature but a hiding place. */
const SIGNATURE = /^--[ ]?$/m;
const MAX_SIGNATURE = 400;

/** The author's own words line by line: no code, no quotes, no URLs, no signature, no footer line. */
export function toProseLines(body: string): readonly ProseLine[] {
  const text = withoutSignature(body.replace(/\r\n?/g, '\n'));
  const lines: ProseLine[] = [];
  let from = 0;
  for (const token of lexMarkdown(text)) {
    const to = from + token.raw.length;
    for (const line of visibleLines([token])) {
      const words = toPlainWords(decodeCharacterReferences(line));
      if (words !== '' && words !== '{{footer}}') lines.push({ text: words, from, to });
    }
    from = to;
  }
  return lines;
}

/** As people read it: no invisible characters, no full-width ones (UTS 36 §2), single spaces. */
export function toPlainWords(line: string): string {
  const visible = /[^\x20-\x7e]/.test(line) ? line.normalize('NFKC').replace(/\p{Cf}/gu, '') : line;
  return toSingleSpaces(visible);
}

function withoutSignature(text: string): string {
  const at = text.search(SIGNATURE);
  return at < 0 || text.length - at > MAX_SIGNATURE ? text : text.slice(0, at);
}
