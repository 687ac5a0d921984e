import type { MarkedToken, Tokens } from 'marked';
import { decodeCharacterReferences } from './character-references.ts';
import { findSafeUrl } from './find-safe-url.ts';

/** Markdown tokens as plain text for reading: no markers but those of lists, quotes and tables. */
export function renderText(tokens: readonly MarkedToken[]): string {
  return blocks(tokens).join('\n\n');
}

function blocks(tokens: readonly MarkedToken[]): string[] {
  return tokens.map((token) => block(token)).filter((text) => text !== '');
}

function block(token: MarkedToken): string {
  switch (token.type) {
    case 'space':
    case 'def':
      return '';
    case 'heading':
    case 'paragraph':
      return inlines(token.tokens).trim();
    case 'code':
      return indent(token.text, '    ');
    case 'blockquote':
      return quote(renderText(token.tokens as MarkedToken[]));
    case 'hr':
      return '----------';
    case 'list':
      return list(token);
    case 'table':
      return table(token);
    default:
      return inline(token, false);
  }
}

function list(token: Tokens.List): string {
  const first = token.start === '' ? 1 : Number(token.start);
  const items = token.items.map((item, index) => {
    const marker = token.ordered ? `${first + index}. ` : '- ';
    const text = itemText(item);
    return `${marker}${indent(text, ' '.repeat(marker.length)).trimStart()}`.trimEnd();
  });
  return items.join(token.loose ? '\n\n' : '\n');
}

function itemText(item: Tokens.ListItem): string {
  const tokens = item.tokens as MarkedToken[];
  const box = tokens[0]?.type === 'checkbox' ? inline(tokens[0], false) : '';
  const rest = blocks(box === '' ? tokens : tokens.slice(1));
  return box + rest.join(item.loose ? '\n\n' : '\n');
}

function table(token: Tokens.Table): string {
  const row = (cells: readonly Tokens.TableCell[]): string =>
    cells
      .map((cell) => inlines(cell.tokens))
      .join(' | ')
      .trimEnd();
  const header = row(token.header);
  const line = '-'.repeat(Math.min(Math.max(header.length, 3), 60));
  return [header, line, ...token.rows.map((cells) => row(cells))].join('\n');
}

function inlines(tokens: readonly unknown[], inLink = false): string {
  return (tokens as readonly MarkedToken[]).map((token) => inline(token, inLink)).join('');
}

function inline(token: MarkedToken, inLink: boolean): string {
  switch (token.type) {
    case 'strong':
    case 'em':
      return inlines(token.tokens, inLink);
    case 'del':
      // Without a mark a struck price would read as the price.
      return `~~${inlines(token.tokens, inLink)}~~`;
    case 'codespan':
    case 'escape':
      return token.text;
    case 'br':
      return '\n';
    case 'link':
    case 'image':
      return link(token, inLink);
    case 'checkbox':
      return token.checked ? '[x] ' : '[ ] ';
    case 'text':
      if (token.tokens !== undefined) return inlines(token.tokens, inLink);
      return decodeCharacterReferences(token.text);
    default:
      return token.raw;
  }
}

function link(token: Tokens.Link | Tokens.Image, inLink: boolean): string {
  const literal = token.type === 'link' && token.autolink === true;
  const url = findSafeUrl(literal ? token.href : decodeCharacterReferences(token.href));
  if (url === undefined) return token.raw;
  const label = (literal ? token.text : inlines(token.tokens, true)).trim();
  const target = url.replace(/^mailto:/i, '');
  if (label === '') return target;
  return inLink || bare(label) === bare(target) ? label : `${label} (${target})`;
}

/** Two spellings of one URL that need not be shown twice. */
function bare(url: string): string {
  return url.replace(/^https?:\/\//i, '').replace(/\/$/, '');
}

function indent(text: string, by: string): string {
  return text.replace(/^(?=.)/gm, by);
}

function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
