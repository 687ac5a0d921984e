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
