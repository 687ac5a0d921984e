import type { MarkedLine } from './marked-lines.ts';

/** A part of a message in HTML as text. */
export interface PickedPart {
  /** Quoted lines begin with `> `, and no two empty ones follow each other. */
  readonly text: string;
  /** Of each line of the text, which of the document's it is. */
  readonly from: readonly number[];
}

/** The lines of one part. */
export function pickPart(lines: readonly MarkedLine[], wanted: MarkedLine['part']): PickedPart {
  const texts: string[] = [];
  const from: number[] = [];
  for (const [at, { text, depth, part }] of lines.entries()) {
    const line = `${'> '.repeat(depth)}${text}`;
    if (part !== wanted || (line === '' && (texts.at(-1) ?? '') === '')) continue;
    texts.push(line);
    from.push(at);
  }
  return { text: texts.join('\n').trim(), from };
}

/** Whether words run on, as in no name, position or address: then a person typed into the signature's element. */
export function runsOn(text: string): boolean {
  return /\p{Ll} \p{Ll}{1,30} \p{Ll}{1,30} \p{L}/u.test(text);
}

/** Whether a program alone quoted this new text: a forward without a word is news as a whole. */
export function isQuotedAlone(newText: string): boolean {
  return newText.split('\n').every((line) => line === '' || line.startsWith('>'));
}

/** The text without the outermost marks of a quotation. */
export function withoutMarks(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^> ?/, ''));
  return lines.join('\n').trim();
}
