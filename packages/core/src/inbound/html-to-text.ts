import { decodeCharacterReferences } from '../compose/character-references.ts';

/** Longest HTML that is read, in characters. */
const MAX_HTML = 2_000_000;

/** Elements whose content nobody sees. */
const INVISIBLE = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg']);
const LINE_BREAKS = new Set(['br', 'hr']);
const BLOCKS = new Set([
  ...['address', 'article', 'aside', 'blockquote', 'center', 'dd', 'div', 'dl', 'dt', 'fieldset'],
  ...['figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'li', 'main', 'ol'],
  ...['p', 'pre', 'section', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'],
]);

/**
 * The words of an HTML mail that has no text part: tags dropped, a line per block, quoted blocks
 * marked with `> ` as in text mail. Takes linear time on any input.
 */
export function htmlToText(html: string): string {
  const source = html.slice(0, MAX_HTML);
  const writer = new LineWriter();
  for (let at = 0; at < source.length; ) {
    const open = source.indexOf('<', at);
    if (open < 0 || !/[a-z!/?]/i.test(source[open + 1] ?? '')) {
      const end = open < 0 ? source.length : open + 1;
      writer.text(source.slice(at, end));
      at = end;
      continue;
    }
    writer.text(source.slice(at, open));
    at = skipMarkup(source, open, writer);
  }
  return writer.finish();
}

/** Handles what starts at `open` and returns where to read on. */
function skipMarkup(source: string, open: number, writer: LineWriter): number {
  if (source.startsWith('<!--', open)) return after(source, '-->', open + 4);
  const end = after(source, '>', open);
  const [, slash, name = ''] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(source.slice(open, open + 20)) ?? [];
  const tag = name.toLowerCase();
  if (INVISIBLE.has(tag) && slash === '') return skipElement(source, tag, end);
  if (LINE_BREAKS.has(tag)) writer.endLine();
  if (BLOCKS.has(tag)) writer.endBlock();
  if (tag === 'blockquote') writer.quote(slash === '' ? 1 : -1);
  return end;
}

function skipElement(source: string, tag: string, from: number): number {
  for (let at = from; ; ) {
    const close = source.indexOf('</', at);
    if (close < 0) return source.length;
    if (source.slice(close + 2, close + 2 + tag.length).toLowerCase() === tag) {
      return after(source, '>', close);
    }
    at = close + 2;
  }
}

function after(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at + mark.length;
}

/** Collects words into lines as a reader would see them. */
class LineWriter {
  readonly #lines: string[] = [];
  #words: string[] = [];
  #depth = 0;

  text(raw: string): void {
    if (raw !== '') this.#words.push(raw);
  }

  endLine(): void {
    const words = decodeCharacterReferences(this.#words.join('')).replace(/[\s\u00a0]+/g, ' ');
    this.#words = [];
    this.#lines.push(`${'> '.repeat(this.#depth)}${words.trim()}`);
  }

  endBlock(): void {
    if (this.#words.some((word) => word.trim() !== '')) this.endLine();
    else this.#words = [];
  }

  quote(change: 1 | -1): void {
    this.#depth = Math.min(8, Math.max(0, this.#depth + change));
  }

  finish(): string {
    this.endBlock();
    return this.#lines.join('\n').trim();
  }
}
