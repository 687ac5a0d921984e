import { decodeCharacterReferences } from '../../compose/character-references.ts';
import { type Declared, isSameColour, readDeclarations, toColour } from './hides.ts';
import { readAttributes } from './read-attributes.ts';
import { readStyleSheet, type StyleSheet } from './style-sheet.ts';

/** Elements that may stay open are followed to this depth. */
const MAX_OPEN = 2_000;
/** So far up an end tag looks for its start. */
const MAX_LOOK = 50;
/** Characters of one tag that are read. */
const MAX_TAG = 20_000;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;
/** What ends by itself where one of these begins (HTML §13.1.2.4). */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  ...{ li: ['li'], dt: ['dt', 'dd'], dd: ['dt', 'dd'], option: ['option'] },
  ...{ td: ['td', 'th', 'p'], th: ['td', 'th', 'p'], tr: ['td', 'th', 'tr', 'p'] },
  ...{ p: ['p'], div: ['p'], table: ['p'], ul: ['p'], ol: ['p'], blockquote: ['p'] },
};
const WORDS = /[\p{L}\p{N}]/u;
const NOTHING: Declared = { isHidden: false };

interface Open {
  readonly name: string;
  readonly isHidden: boolean;
  readonly hasSize: boolean;
  readonly colour: string;
  readonly background: string;
}

const PAGE: Omit<Open, 'name'> = {
  ...{ isHidden: false, hasSize: true, colour: '#000000', background: '#ffffff' },
};

/**
 * Follows which words of a mail a person sees: not what is not displayed, has no size or no room,
 * stands outside the page, or has the colour of what it stands on (CSS within the mail).
 */
export class Visibility {
  readonly #sheet: StyleSheet;
  readonly #open: Open[] = [];
  readonly #ofColours: boolean;
  #hasWords = false;

  /** `ofColours: false` leaves what has the colour of its ground. */
  constructor(html: string, { ofColours = true }: { readonly ofColours?: boolean } = {}) {
    this.#sheet = readStyleSheet(html);
    this.#ofColours = ofColours;
  }

  /** Whether these words, which come next, are seen. */
  sees(words: string): boolean {
    const { isVisible } = this;
    this.#hasWords ||= isVisible && WORDS.test(words.replaceAll(/&#?\w{1,8};/g, ''));
    return isVisible;
  }

  /** Whether any were. */
  get hasWords(): boolean {
    return this.#hasWords;
  }

  get isVisible(): boolean {
    const { isHidden, hasSize, colour, background } = this.#open.at(-1) ?? PAGE;
    if (isHidden || !hasSize) return false;
    return !(this.#ofColours && isSameColour(colour, background));
  }

  /** Whether a picture is seen: it needs no letters, so neither size nor colour of them counts. */
  seesPicture(tag: string): boolean {
    return !(this.#open.at(-1) ?? PAGE).isHidden && !this.#read(tag.slice(0, MAX_TAG)).isHidden;
  }

  /** `tag` as written, from `<` to `>`. */
  openElement(name: string, tag: string): void {
    if (VOID.test(name)) return;
    while (ENDS[name]?.includes(this.#open.at(-1)?.name ?? '')) this.#open.pop();
    if (this.#open.length >= MAX_OPEN) return;
    const around = this.#open.at(-1) ?? PAGE;
    const own = tag.length > name.length + 2 ? this.#read(tag.slice(0, MAX_TAG)) : NOTHING;
    this.#open.push({
      name,
      isHidden: around.isHidden || own.isHidden,
      hasSize: own.hasSize ?? around.hasSize,
      colour: own.colour ?? around.colour,
      background: own.background ?? around.background,
    });
  }

  closeElement(name: string): void {
    const lowest = Math.max(0, this.#open.length - MAX_LOOK);
    let at = this.#open.length - 1;
    while (at >= lowest && this.#open[at]?.name !== name) at -= 1;
    if (at >= lowest) this.#open.length = at;
  }

  #read(tag: string): Declared {
    const given = INTERESTING.test(tag) ? readAttributes(tag) : NO_ATTRIBUTES;
    const style = given.get('style') ?? '';
    const declared = style === '' ? NOTHING : readDeclarations(decodeCharacterReferences(style));
    const names = [
      ...(given.get('class') ?? '').split(/\s+/, 50).map((name) => `.${name}`),
      `#${given.get('id') ?? ''}`,
    ].filter((name) => name.length > 1);
    const colour = declared.colour ?? toColourOf(given.get('color'));
    const isPainted = given.has('background') || (this.#sheet.paints && names.length > 0);
    const background =
      declared.background ??
      toColourOf(given.get('bgcolor')) ??
      (isPainted ? 'unknown' : undefined);
    return {
      isHidden:
        declared.isHidden ||
        given.has('hidden') ||
        names.some((name) => this.#sheet.hidden.has(name)),
      ...(declared.hasSize === undefined ? {} : { hasSize: declared.hasSize }),
      ...(colour === undefined ? {} : { colour }),
      ...(background === undefined || background === 'transparent' ? {} : { background }),
    };
  }
}

const toColourOf = (value: string | undefined) =>
  value === undefined ? undefined : toColour(value);

const INTERESTING = /style|class|id|color|hidden|background/i;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
