import type { MarkedToken } from 'marked';

/** Stands for code in a line, so that the words around it do not become neighbours. */
const CODE = '\ufffc';

/**
 * The author's own words, line by line: without code, quotes and URLs. For checks of wording only.
 */
export function visibleLines(tokens: readonly MarkedToken[]): string[] {
  return tokens
    .map((token) => visible(token))
    .join('\n')
    .split('\n');
}

function visible(token: MarkedToken): string {
  switch (token.type) {
    case 'space':
    case 'def':
    case 'hr':
    case 'code':
    case 'blockquote':
      return '';
    case 'codespan':
      return CODE;
    case 'br':
      return '\n';
    case 'list':
      return token.items.map((item) => visibleAll(item.tokens, '\n')).join('\n');
    case 'table':
      return [token.header, ...token.rows]
        .flatMap((row) => row.map((cell) => visibleAll(cell.tokens, '')))
        .join('\n');
    case 'link':
      return token.autolink === true ? CODE : visibleAll(token.tokens, '');
    case 'em':
      // *|FNAME|* is a merge tag of mail services, not emphasis.
      return /^\*\|[A-Z0-9_:]+\|\*$/.test(token.raw) ? token.raw : visibleAll(token.tokens, '');
    case 'escape':
      return token.text;
    case 'checkbox':
      return '';
    default:
      if ('tokens' in token && token.tokens !== undefined) return visibleAll(token.tokens, '');
      return token.text;
  }
}

function visibleAll(tokens: readonly unknown[], separator: string): string {
  return (tokens as readonly MarkedToken[]).map((token) => visible(token)).join(separator);
}
