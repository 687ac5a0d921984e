import type { MarkedToken, Tokens } from 'marked';
import { decodeCharacterReferences, escapeHtml } from './character-references.ts';
import { findSafeUrl } from './find-safe-url.ts';

/** Markdown tokens as an HTML fragment of simple tags; no attribute but href, start and align. */
export function renderHtml(tokens: readonly MarkedToken[]): string {
  return tokens
    .map((token) => block(token))
    .filter((html) => html !== '')
    .join('\n');
}

function block(token: MarkedToken): string {
  switch (token.type) {
    case 'space':
    case 'def':
      return '';
    case 'heading':
      return `<h${token.depth}>${inlines(token.tokens)}</h${token.depth}>`;
    case 'paragraph':
      return `<p>${inlines(token.tokens)}</p>`;
    case 'code':
      return `<pre><code>${escapeHtml(token.text)}\n</code></pre>`;
    case 'blockquote':
      return `<blockquote>\n${renderHtml(token.tokens as MarkedToken[])}\n</blockquote>`;
    case 'hr':
      return '<hr>';
    case 'list':
      return list(token);
    case 'table':
      return table(token);
    default:
      return inline(token, false);
  }
}

function list(token: Tokens.List): string {
  const items = token.items.map((item) => {
    const [first, ...rest] = item.tokens as MarkedToken[];
    // In a tight list the box stands before the text, not in it.
    if (first?.type !== 'checkbox') return `<li>${renderHtml(item.tokens as MarkedToken[])}</li>`;
    return `<li>${inline(first, false)}${renderHtml(rest)}</li>`;
  });
  if (!token.ordered) return `<ul>\n${items.join('\n')}\n</ul>`;
  const start = token.start === '' || token.start === 1 ? '' : ` start="${Number(token.start)}"`;
  return `<ol${start}>\n${items.join('\n')}\n</ol>`;
}

function table(token: Tokens.Table): string {
  const row = (cells: readonly Tokens.TableCell[]): string => {
    const written = cells.map((cell) => {
      const tag = cell.header ? 'th' : 'td';
      const align = cell.align === null ? '' : ` align="${cell.align}"`;
      return `<${tag}${align}>${inlines(cell.tokens)}</${tag}>`;
    });
    return `<tr>${written.join('')}</tr>`;
  };
  const rows = token.rows.map((cells) => row(cells)).join('\n');
  const body = rows === '' ? '' : `\n<tbody>\n${rows}\n</tbody>`;
  return `<table>\n<thead>\n${row(token.header)}\n</thead>${body}\n</table>`;
}

function inlines(tokens: readonly unknown[], inLink = false): string {
  return (tokens as readonly MarkedToken[]).map((token) => inline(token, inLink)).join('');
}

function inline(token: MarkedToken, inLink: boolean): string {
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return `<${token.type}>${inlines(token.tokens, inLink)}</${token.type}>`;
    case 'codespan':
      return `<code>${escapeHtml(token.text)}</code>`;
    case 'br':
      return '<br>\n';
    case 'link':
    case 'image':
      return link(token, inLink);
    case 'checkbox':
      return token.checked ? '[x] ' : '[ ] ';
    case 'escape':
      return escapeHtml(token.text);
    case 'text':
      if (token.tokens !== undefined) return inlines(token.tokens, inLink);
      return escapeHtml(decodeCharacterReferences(token.text));
    default:
      // What this file does not know is shown as it was written.
      return escapeHtml(token.raw);
  }
}

/** An image becomes a link to it: a remote image would tell when the mail is read. */
function link(token: Tokens.Link | Tokens.Image, inLink: boolean): string {
  const literal = token.type === 'link' && token.autolink === true;
  const url = findSafeUrl(literal ? token.href : decodeCharacterReferences(token.href));
  if (url === undefined) return escapeHtml(token.raw);
  const label = literal ? escapeHtml(token.text) : inlines(token.tokens, true);
  const shown = label.trim() === '' ? escapeHtml(url) : label;
  return inLink ? shown : `<a href="${escapeHtml(url)}">${shown}</a>`;
}
