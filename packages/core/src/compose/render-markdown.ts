import { lexMarkdown } from './lex-markdown.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';

/** The two parts of one body. */
export interface RenderedMarkdown {
  readonly text: string;
  /** A fragment of simple tags. */
  readonly html: string;
}

/**
 * Turns a Markdown body into both parts from one token tree: GFM, a single newline is a line break,
 * raw HTML is shown as text, links are http, https or mailto (others are shown as written), images
 * become links. Throws `ARGUMENT_INVALID` when the body is nested more than 20 levels deep.
 */
export function renderMarkdown(body: string): RenderedMarkdown {
  const tokens = lexMarkdown(body);
  return { text: renderText(tokens), html: renderHtml(tokens) };
}
