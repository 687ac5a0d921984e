import { endOfTag } from '../hidden/end-of-tag.ts';
import { readVisible, scanHtml } from '../html-to-text.ts';
import type { MarkedLine } from '../new-text/marked-lines.ts';
import type { MarkdownLine } from './markdown-line.ts';
import { MarkdownLines } from './markdown-lines.ts';

/** A document line by line. */
export interface ReadLines {
  readonly texts: readonly MarkedLine[];
  /** One for each of the texts, and perhaps one more: a picture below them. */
  readonly markdown: readonly MarkdownLine[];
  /** More came of it than anybody reads; what there is has an end somewhere. */
  readonly isTooLong: boolean;
  /** A tag has a `>` in a value, so its words would read as others where that is not looked at. */
  readonly hasQuotedAngle: boolean;
}

/** Reads what a person sees of an HTML document, as text and as Markdown. */
export function readMarkdownLines(html: string): ReadLines {
  let hasQuotedAngle = false;
  const lines = readVisible(html, (visibility) => {
    const read = new MarkdownLines();
    const findEnd = (source: string, open: number): number => {
      const end = endOfTag(source, open);
      hasQuotedAngle ||= source.indexOf('>', open) !== end - 1;
      return end;
    };
    scanHtml(html, read, { visibility, endOfTag: findEnd });
    return read;
  });
  const texts = lines.finishLines();
  return { texts, markdown: lines.markdown, isTooLong: lines.isTooLong, hasQuotedAngle };
}
