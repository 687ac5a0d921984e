import type { MarkedToken, Tokens } from 'marked';
import { decodeCharacterReferences } from './character-references.ts';
import { findSafeUrl } from './find-safe-url.ts';
import { lexMarkdown } from './lex-markdown.ts';

/** A link or an image of a Markdown body as the reader gets it. */
export interface Link {
  /** The absolute URL. */
  readonly url: string;
  /** What the reader sees; empty when it is the URL itself. */
  readonly label: string;
}

/** Every link and image that rendering makes of a body, quotes included. */
export function findLinks(body: string): readonly Link[] {
  const links: Link[] = [];
  collect(lexMarkdown(body), links);
  return links;
}

function collect(tokens: readonly MarkedToken[], links: Link[]): void {
  for (const token of tokens) {
    if (token.type === 'link' || token.type === 'image') links.push(...toLink(token));
    if (token.type === 'table') {
      for (const cell of [token.header, ...token.rows].flat()) {
        collect(cell.tokens as MarkedToken[], links);
      }
    }
    if (token.type === 'list') collect(token.items as MarkedToken[], links);
    if ('tokens' in token && token.tokens !== undefined) {
      collect(token.tokens as MarkedToken[], links);
    }
  }
}

function toLink(token: Tokens.Link | Tokens.Image): readonly Link[] {
  const literal = token.type === 'link' && token.autolink === true;
  const url = findSafeUrl(literal ? token.href : decodeCharacterReferences(token.href));
  if (url === undefined) return [];
  return [{ url, label: literal ? '' : decodeCharacterReferences(plain(token)) }];
}

/** The label without marks, so that `acme*.example*` is read as people read it. */
function plain(token: Tokens.Generic): string {
  if (token.tokens === undefined || token.tokens.length === 0) return token.text ?? token.raw;
  return token.tokens.map((inner) => plain(inner)).join('');
}
