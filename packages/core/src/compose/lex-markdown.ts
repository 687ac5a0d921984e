import {
  Lexer,
  type MarkedToken,
  type Token,
  Tokenizer,
  type Tokens,
  type TokensList,
} from 'marked';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { findSafeUrl } from './find-safe-url.ts';

/** Quotes, lists and emphasis inside each other; measured: 2,000 nested lists took 104 s. */
const MAX_DEPTH = 20;

/** Emphasis costs characters times marks; a paragraph with more of either is taken as plain text. */
const MAX_PARAGRAPH = 10_000;
const MAX_MARKS = 400;

const SPECIAL = /[\\<[`*~_\n]|!\[|https?:\/\/|www\./gi;
const MARKS = /[*_~[]+/;
const BARE_URL = /^(?:https?:\/\/|www\.)[^\s<"`。，、；：？！（）「」《》]+/i;

/**
 * Markdown as GFM with hard line breaks, as a token tree. There are no HTML tokens: markup in the
 * source is text. Throws `ARGUMENT_INVALID` for more than 20 levels of nesting.
 */
export function lexMarkdown(body: string): readonly MarkedToken[] {
  const known = recent.get(body);
  if (known !== undefined) return known;
  const tokenizer = new PlainTokenizer();
  const lexer = new BoundedLexer({ gfm: true, breaks: true, tokenizer });
  const tokens = lexer.lex(body) as MarkedToken[];
  if (body.length <= MAX_REMEMBERED) remember(body, tokens);
  return tokens;
}

/** Whoever renders a body, and each of the rules that reads it, asks for the same tree in turn. */
const recent = new Map<string, readonly MarkedToken[]>();
let characters = 0;
/** A tree takes some twenty times the memory of its text, in characters, and the least one half a kB. */
const MAX_REMEMBERED = 50_000;
const ENTRY = 200;
/** Of all together: a batch is rendered before any of it is decided on. */
const MOST = 600_000;

function remember(body: string, tokens: readonly MarkedToken[]): void {
  for (const oldest of recent.keys()) {
    if (characters + ENTRY + body.length <= MOST) break;
    recent.delete(oldest);
    characters -= ENTRY + oldest.length;
  }
  characters += ENTRY + body.length;
  recent.set(body, tokens);
}

class BoundedLexer extends Lexer {
  private depth = 0;

  override blockTokens(src: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(
    src: string,
    tokens?: TokensList,
    lastParagraphClipped?: boolean,
  ): TokensList;
  override blockTokens(src: string, tokens?: TokensList, lastParagraphClipped?: boolean) {
    return this.nested(() => super.blockTokens(src, tokens, lastParagraphClipped));
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (src.length <= MAX_PARAGRAPH && src.split(MARKS, MAX_MARKS + 2).length <= MAX_MARKS + 1) {
      return this.nested(() => super.inlineTokens(src, tokens));
    }
    for (const [index, text] of src.split('\n').entries()) {
      if (index > 0) tokens.push({ type: 'br', raw: '\n' });
      tokens.push({ type: 'text', raw: text, text });
    }
    return tokens;
  }

  private nested<T>(lex: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      throw new MailwardenError('ARGUMENT_INVALID', {
        detail: `The body nests quotes, lists or emphasis more than ${MAX_DEPTH} levels deep.`,
        fields: { argument: 'body' },
      });
    }
    const result = lex();
    this.depth -= 1;
    return result;
  }
}

/** Without HTML, and with linear replacements for two rules that take minutes on hostile text. */
class PlainTokenizer extends Tokenizer {
  override html(): undefined {
    return undefined;
  }

  override tag(): undefined {
    return undefined;
  }

  override inlineText(src: string): Tokens.Text {
    SPECIAL.lastIndex = 1;
    let end = SPECIAL.exec(src)?.index ?? src.length;
    if (src[end] === '\n') while (end > 1 && src[end - 1] === ' ') end -= 1;
    const text = src.slice(0, end);
    return { type: 'text', raw: text, text, escaped: false };
  }

  override url(src: string): Tokens.Link | undefined {
    const found = BARE_URL.exec(src)?.[0];
    if (found === undefined) return undefined;
    const text = withoutTrailingPunctuation(found);
    const href = /^www/i.test(text) ? `http://${text}` : text;
    if (findSafeUrl(href) === undefined) return undefined;
    const tokens: Token[] = [{ type: 'text', raw: text, text }];
    return { type: 'link', raw: text, text, href, autolink: true, tokens };
  }
}

/** GFM §6.9: punctuation at the end, and a bracket that was not opened, are not of the URL. */
function withoutTrailingPunctuation(url: string): string {
  let closing = url.split(')').length - url.split('(').length;
  let end = url.length;
  for (;;) {
    const last = url[end - 1] ?? '';
    if (last === ')' && closing > 0) closing -= 1;
    else if (!/[?!.,:;*_~'\]}]/.test(last)) return url.slice(0, end);
    end -= 1;
  }
}
