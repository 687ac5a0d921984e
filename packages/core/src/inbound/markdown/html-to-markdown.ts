import { visibleHtmlToText } from '../html-to-text.ts';
import { composeMarkdown } from './compose-markdown.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { MAX_MARKDOWN } from './markdown-lines.ts';
import { readMarkdownLines } from './read-markdown-lines.ts';

/**
 * What a person sees of an HTML document, as Markdown. Of one that becomes longer than anybody reads,
 * such as one link around all of it, the words alone. Takes time and memory in proportion to its size,
 * whatever it is.
 */
export function htmlToMarkdown(html: string): string {
  const { texts, markdown, isTooLong } = readMarkdownLines(html);
  const depthOf = (at: number): number => texts[at]?.depth ?? 0;
  const text = isTooLong
    ? undefined
    : composeMarkdown(markdown.map((line, at) => ({ ...line, depth: depthOf(at) })));
  return text === undefined || text.length > MAX_MARKDOWN
    ? escapeMarkdown(visibleHtmlToText(html))
    : text;
}
