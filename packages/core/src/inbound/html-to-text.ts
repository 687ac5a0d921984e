import { decodeCharacterReferences } from '../compose/character-references.ts';
import { MAX_HTML, Visibility } from './hidden/visibility.ts';

/** Elements whose content nobody sees. */
const INVISIBLE = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg']);
/** Open quotations that are told apart; more are nobody's mail. */
const MAX_QUOTES = 1_000;
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
  const lines = new TextLines();
  scanHtml(html, lines);
  return lines.finish();
}

/** The words of an HTML mail that a person sees; see {@link readVisible}. */
export function visibleHtmlToText(html: string): string {
  return readVisible(html, (visibility) => {
    const lines = new TextLines();
    scanHtml(html, lines, { visibility });
    return lines.finish();
  });
}

/**
 * Reads what is to be seen. Where that is not one word, words in the colour of the page are taken as
 * well: a program for dark screens may have written them, and a person's wish must not be lost.
 */
export function readVisible<T>(html: string, read: (visibility: Visibility) => T): T {
  const visibility = new Visibility(html);
  const seen = read(visibility);
  return visibility.hasWords ? seen : read(new Visibility(html, { ofColours: false }));
}

/** How a document is read. */
export interface ScanOptions {
  /** What is seen; absent: everything. */
  readonly visibility?: Visibility;
  /** Where the tag that begins here ends. @default after the next `>` */
  readonly endOfTag?: (source: string, open: number) => number;
}

/**
 * Reads the document once and tells `lines` of every tag and every run of words, or of those alone
 * that are seen.
 */
export function scanHtml(html: string, lines: HtmlLines, options: ScanOptions = {}): void {
  const { visibility } = options;
  const source = html.slice(0, MAX_HTML);
  for (let at = 0; at < source.length; ) {
    const open = source.indexOf('<', at);
    const isMarkup = open >= 0 && /[a-z!/?]/i.test(source[open + 1] ?? '');
    const end = isMarkup ? open : open < 0 ? source.length : open + 1;
    const words = source.slice(at, end);
    if (visibility?.sees(words) !== false) lines.text(words);
    at = isMarkup ? skipMarkup(source, open, lines, options) : end;
  }
}

/** Handles what starts at `open` and returns where to read on. */
function skipMarkup(source: string, open: number, lines: HtmlLines, options: ScanOptions): number {
  if (source.startsWith('<!--', open)) return after(source, '-->', open + 4);
  const { visibility, endOfTag = afterAngle } = options;
  const [, slash, name = ''] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(source.slice(open, open + 20)) ?? [];
  const tag = name.toLowerCase();
  const end = tag === '' ? afterAngle(source, open) : endOfTag(source, open);
  if (INVISIBLE.has(tag) && slash === '') return skipElement(source, tag, end);
  if (slash === '/') {
    visibility?.closeElement(tag);
    lines.closeElement(tag);
    return end;
  }
  const written = source.slice(open, end);
  visibility?.openElement(tag, written);
  // A line break that nobody sees ends no line.
  if (!LINE_BREAKS.has(tag) || visibility?.isVisible !== false) lines.openElement(tag, written);
  if (tag === 'img' && visibility?.seesPicture(written) !== false) lines.picture(written);
  return end;
}

function afterAngle(source: string, open: number): number {
  return after(source, '>', open);
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

/** Where the lines stand as they were written (CSS Text 3 §3). */
const PREFORMATTED = /\sstyle\s?=\s?["'][^"']{0,500}white-space\s?:\s?(?:pre|break-spaces)/i;

function isPreformatted(name: string, tag: string): boolean {
  if (name === 'pre') return true;
  return /^(?:div|span|p|td|font|body)$/.test(name) && PREFORMATTED.test(tag.slice(0, 1_000));
}

/** Set off by an editor, by a margin and no line beside it, or quoted from a web page by hand. */
const INDENT_MARK =
  /\sclass\s?=\s?["'][^"']{0,100}webkit-indent-blockquote|\scite\s?=\s?["']https?:/i;
const INDENT_STYLE = /\sstyle\s?=\s?["'][^"']{0,200}border\s?:\s?(?:none|0)/i;
const QUOTE_MARK =
  /\stype\s?=\s?["']?cite|border-left|\scite\s?=|\sclass\s?=\s?["'][^"']{0,100}quote(?!-block)/i;

/** Whether a `blockquote` only indents what the person wrote. */
function isIndent(raw: string): boolean {
  const tag = raw.slice(0, 1_000);
  return INDENT_MARK.test(tag) || (INDENT_STYLE.test(tag) && !QUOTE_MARK.test(tag));
}

/** Collects words into lines as a reader would see them. */
export abstract class HtmlLines {
  #words: string[] = [];
  #depth = 0;
  /** Of each open `blockquote`, whether it quotes; the innermost last. */
  readonly #quotes: boolean[] = [];
  /** The element whose lines stand as written, and how many of its name are open in it. */
  #written: { readonly name: string; depth: number } | undefined;
  #last = '';

  text(raw: string): void {
    const [first = '', ...others] = this.#written === undefined ? [raw] : raw.split(/\r?\n/);
    if (first !== '') this.words(first);
    for (const line of others) {
      this.#endLine();
      if (line !== '') this.words(line);
    }
  }

  /** Words of the line that is being read. */
  protected words(raw: string): void {
    this.#words.push(raw);
  }

  openElement(name: string, tag: string): void {
    this.#breakAt(name);
    if (this.#written?.name === name) this.#written.depth += 1;
    else if (isPreformatted(name, tag)) this.#written ??= { name, depth: 1 };
    if (name !== 'blockquote' || this.#quotes.length >= MAX_QUOTES) return;
    const isFollowing = this.#last !== '' && !/[:：]$/.test(this.#last);
    const isQuote = !(isFollowing && this.isIndent(tag));
    this.#quotes.push(isQuote);
    if (isQuote) this.#depth += 1;
  }

  /** Whether a `blockquote` below the person's words only sets some of them off. */
  protected isIndent(tag: string): boolean {
    return isIndent(tag);
  }

  closeElement(name: string): void {
    this.#breakAt(name);
    if (this.#written?.name === name && --this.#written.depth === 0) this.#written = undefined;
    if (name === 'blockquote' && this.#quotes.pop() === true) this.#depth -= 1;
  }

  /** A picture stands here; `tag` as written. */
  picture(_tag: string): void {}

  endBlock(): void {
    if (this.#words.some((word) => word.trim() !== '')) this.#endLine();
    else this.#words = [];
  }

  /** A line is complete; `depth` is how many quoted blocks it stands in. */
  protected abstract writeLine(text: string, depth: number): void;

  #breakAt(name: string): void {
    if (LINE_BREAKS.has(name)) this.#endLine();
    if (BLOCKS.has(name)) this.endBlock();
  }

  #endLine(): void {
    const words = decodeCharacterReferences(this.#words.join('')).replace(/[\s\u00a0]+/g, ' ');
    this.#words = [];
    if (words.trim() !== '') this.#last = words.trim();
    this.writeLine(words.trim(), Math.min(8, this.#depth));
  }
}

class TextLines extends HtmlLines {
  readonly #lines: string[] = [];

  protected override writeLine(text: string, depth: number): void {
    this.#lines.push(`${'> '.repeat(depth)}${text}`);
  }

  finish(): string {
    this.endBlock();
    return this.#lines.join('\n').trim();
  }
}
