import { HtmlLines } from '../html-to-text.ts';
import { VOID_ELEMENTS } from '../void-elements.ts';
import { findAttribution } from './find-attribution.ts';
import { UNSUBSCRIBE_LINK } from './footers.ts';
import { type HtmlMark, readHtmlMark } from './html-marks.ts';
import { runsOn } from './pick-part.ts';

/** Elements that may stay open are followed to this depth. */
const MAX_OPEN = 2_000;
const MAX_NESTED_QUOTES = 40;
/** Paragraphs without space between them, as Outlook writes every line. */
const NARROW = /Mso|margin(?:-bottom|-top)?\s?:\s?0/i;
const GMAIL_QUOTE = /\sclass\s?=\s?["']gmail_quote["']/;

interface OpenElement {
  readonly name: string;
  readonly quote?: Quote;
  readonly isSignature: boolean;
}

/** An element that holds a quoted message. */
interface Quote {
  readonly parent: Quote | undefined;
  readonly depth: number;
  hasBlockquote: boolean;
}

interface Line {
  readonly text: string;
  readonly depth: number;
  readonly quote: Quote | undefined;
  readonly part: MarkedLine['part'];
  /** It begins with a link by which one gets no more of a list. */
  readonly isFooter: boolean;
}

/** A line with how many quotations it stands in. */
export interface MarkedLine {
  readonly text: string;
  readonly depth: number;
  readonly part: 'own' | 'history' | 'signature';
}

/** Lines of a document, each with what the elements around it mean. */
export class MarkedLines extends HtmlLines {
  readonly #lines: Line[] = [];
  readonly #open: OpenElement[] = [];
  #quote: Quote | undefined;
  #signatures = 0;
  #isHistory = false;
  #isSpaced = false;
  /** The words of a link with which the line begins. */
  #link: string | undefined;
  #isFooter = false;
  #hasWords = false;
  #hasOwn = false;
  readonly #introductions: number[] = [];
  hasQuote = false;

  override openElement(name: string, tag: string): void {
    const mark = this.#readMark(name, tag);
    if (mark !== undefined) this.endBlock();
    super.openElement(name, tag);
    if (name === 'a') this.#link = this.#hasWords ? undefined : '';
    if (name === 'blockquote' && !this.isIndent(tag)) this.#markBlockquote(tag);
    if (name === 'p') this.#isSpaced = !NARROW.test(tag);
    if (mark === 'history') this.#isHistory = true;
    if (!VOID_ELEMENTS.has(name) && this.#open.length < MAX_OPEN) this.#push(name, mark);
  }

  override closeElement(name: string): void {
    super.closeElement(name);
    if (name === 'a') this.#closeLink();
    if (name === 'p' && this.#isSpaced) this.#endParagraph();
    const lowest = Math.max(0, this.#open.length - 30);
    let at = this.#open.length - 1;
    while (at >= lowest && this.#open[at]?.name !== name) at--;
    if (at < lowest) return;
    for (const { isSignature, quote } of this.#open.splice(at).reverse()) {
      if (isSignature) this.#signatures -= 1;
      if (quote !== undefined) this.#quote = quote.parent;
      if (isSignature || quote !== undefined) this.endBlock();
    }
  }

  /** Gmail puts its class on what the person quotes by hand, too, and an element around the rest. */
  protected override isIndent(tag: string): boolean {
    return (
      super.isIndent(tag) || (this.#quote === undefined && GMAIL_QUOTE.test(tag.slice(0, 500)))
    );
  }

  protected override writeLine(text: string, depth: number): void {
    const part = this.#isHistory ? 'history' : this.#signatures > 0 ? 'signature' : 'own';
    const isFooter = this.#isFooter && part === 'own' && depth === 0;
    this.#isFooter = false;
    this.#link = undefined;
    this.#hasWords = false;
    this.#hasOwn ||= text !== '' && part === 'own' && depth === 0 && this.#quote === undefined;
    this.#lines.push({ text, depth, quote: this.#quote, part, isFooter });
  }

  protected override words(raw: string): void {
    super.words(raw);
    this.#hasWords ||= raw.trim() !== '';
    if (this.#link !== undefined && this.#link.length < 60) this.#link += raw.slice(0, 60);
  }

  #closeLink(): void {
    if (this.#link !== undefined && this.#hasOwn)
      this.#isFooter ||= UNSUBSCRIBE_LINK.test(this.#link);
    this.#link = undefined;
  }

  finishLines(): readonly MarkedLine[] {
    this.endBlock();
    this.#markFooter();
    this.#markIntroductions();
    return this.#lines.map(({ text, depth, quote, part }) => ({
      ...{ text, part },
      depth: depth || (isQuoted(quote) ? 1 : 0),
    }));
  }

  #readMark(name: string, tag: string): Exclude<HtmlMark, 'attribution'> | undefined {
    const mark = readHtmlMark(name, tag);
    if (mark !== 'attribution') return mark;
    return this.#quote === undefined ? 'quote' : undefined;
  }

  #push(name: string, mark: HtmlMark | undefined): void {
    const isSignature = mark === 'signature';
    if (isSignature) this.#signatures += 1;
    if (mark !== 'quote' || (this.#quote?.depth ?? 0) >= MAX_NESTED_QUOTES) {
      this.#open.push({ name, isSignature });
      return;
    }
    const quote = {
      parent: this.#quote,
      depth: (this.#quote?.depth ?? 0) + 1,
      hasBlockquote: false,
    };
    this.#quote = quote;
    this.hasQuote = true;
    this.#open.push({ name, isSignature, quote });
  }

  #endParagraph(): void {
    if ((this.#lines.at(-1)?.text ?? '') !== '') this.writeLine('', this.#lines.at(-1)?.depth ?? 0);
  }

  /** The line with the link, and what stands below it when that is no sentence. */
  #markFooter(): void {
    const from = this.#lines.findIndex(({ isFooter }) => isFooter);
    if (from < 0) return;
    let to = this.#lines.findIndex(
      ({ depth, part, quote }, at) =>
        at > from && (depth > 0 || quote !== undefined || part !== 'own'),
    );
    if (to < 0) to = this.#lines.length;
    const isTail = this.#lines
      .slice(from + 1, to)
      .every(({ text }) => text.length < 100 && !runsOn(text));
    for (let at = from; at < (isTail ? to : from + 1); at++) {
      const line = this.#lines[at];
      if (line !== undefined) this.#lines[at] = { ...line, part: 'signature' };
    }
  }

  /** Where more words of the same element stand below, a person answers in it and wrote these, too. */
  #markIntroductions(): void {
    const last = new Map<Quote | undefined, number>();
    for (const [at, { depth, quote, text }] of this.#lines.entries()) {
      if (text !== '' && depth === 0) last.set(quote, at);
    }
    for (const at of this.#introductions) {
      const line = this.#lines[at];
      if (line !== undefined && last.get(line.quote) === at) {
        this.#lines[at] = { ...line, part: 'history' };
      }
    }
  }

  /** What a program wrote above the quotation in its own element, in words that nobody knows. */
  #noteIntroduction(): void {
    let at = this.#lines.length - 1;
    while (at > this.#lines.length - 5 && this.#lines[at]?.text === '') at--;
    const line = this.#lines[at];
    if (
      line === undefined ||
      line.quote === undefined ||
      line.quote !== this.#quote ||
      !this.#hasOwn
    )
      return;
    if (findAttribution([line.text], 0) === undefined) this.#introductions.push(at);
  }

  #markBlockquote(tag: string): void {
    if (this.#quote?.hasBlockquote === false) this.#noteIntroduction();
    this.hasQuote ||= /\stype\s?=\s?["']?cite/i.test(tag);
    for (let quote = this.#quote; quote !== undefined; quote = quote.parent) {
      quote.hasBlockquote = true;
    }
  }
}

function isQuoted(quote: Quote | undefined): boolean {
  for (let one = quote; one !== undefined; one = one.parent) if (!one.hasBlockquote) return true;
  return false;
}
