import { HtmlLines, readVisible, scanHtml } from '../html-to-text.ts';
import { type HtmlMark, readHtmlMark } from './html-marks.ts';
import { type SplitReply, splitReply } from './split-reply.ts';

/** Elements that may stay open are followed to this depth. */
const MAX_OPEN = 2_000;
const MAX_NESTED_QUOTES = 40;
/** Paragraphs without space between them, as Outlook writes every line. */
const NARROW = /Mso|margin(?:-bottom|-top)?\s?:\s?0/i;
const GMAIL_QUOTE = /\sclass\s?=\s?["']gmail_quote["']/;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;

/** A message in HTML, taken apart, and whether its structure showed where the history is. */
export interface HtmlReply extends SplitReply {
  readonly isMarked: boolean;
}

/**
 * Takes a message in HTML apart: elements by which programs mark the quoted message and the
 * signature, then the lines as in text. A quotation that holds `blockquote` elements is read by
 * those, since people answer between them.
 */
export function splitHtmlReply(html: string): HtmlReply {
  const lines = readVisible(html, (visibility) => {
    const read = new MarkedLines();
    scanHtml(html, read, visibility);
    return read;
  });
  const { history, own, signature } = lines.finishParts();
  // A mail that begins with the mark is a forward, or has its answer below the header.
  if (own === '' && history !== '') return { ...splitReply(history), isMarked: true };
  const reply = splitReply(own);
  const quotedText = join(reply.quotedText, history);
  const signed = join(reply.signature, signature);
  return {
    newText: reply.newText,
    isMarked: history !== '' || lines.hasQuote,
    ...(quotedText === '' ? {} : { quotedText }),
    ...(signed === '' ? {} : { signature: signed }),
  };
}

function join(first: string | undefined, second: string): string {
  return [first ?? '', second].filter((part) => part !== '').join('\n\n');
}

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
  readonly part: 'own' | 'history' | 'signature';
}

/** Lines of a document, each with what the elements around it mean. */
class MarkedLines extends HtmlLines {
  readonly #lines: Line[] = [];
  readonly #open: OpenElement[] = [];
  #quote: Quote | undefined;
  #signatures = 0;
  #isHistory = false;
  #isSpaced = false;
  hasQuote = false;

  override openElement(name: string, tag: string): void {
    const mark = this.#readMark(name, tag);
    if (mark !== undefined) this.endBlock();
    super.openElement(name, tag);
    if (name === 'blockquote' && !this.isIndent(tag)) this.#markBlockquote(tag);
    if (name === 'p') this.#isSpaced = !NARROW.test(tag);
    if (mark === 'history') this.#isHistory = true;
    if (!VOID.test(name) && this.#open.length < MAX_OPEN) this.#push(name, mark);
  }

  override closeElement(name: string): void {
    super.closeElement(name);
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
    this.#lines.push({ text, depth, quote: this.#quote, part });
  }

  finishParts(): Readonly<Record<Line['part'], string>> {
    this.endBlock();
    const pick = (wanted: Line['part']): string =>
      this.#lines
        .filter(({ part }) => part === wanted)
        .map(
          ({ depth, quote, text }) => `${'> '.repeat(depth || (isQuoted(quote) ? 1 : 0))}${text}`,
        )
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
    return { own: pick('own'), history: pick('history'), signature: pick('signature') };
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

  #markBlockquote(tag: string): void {
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
