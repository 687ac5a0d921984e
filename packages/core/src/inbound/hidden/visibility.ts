import { decodeCharacterReferences } from '../../compose/character-references.ts';
import { isSameColour, toColour } from './colours.ts';
import { type Declarations, readDeclarations } from './declarations.ts';
import { OpenElements } from './open-elements.ts';
import { readAttributes } from './read-attributes.ts';
import { type FontSize, readStyle, type Style, USUAL_SIZE } from './read-style.ts';
import { StyleSheet } from './style-sheet.ts';

/** Longest HTML that is read, in characters. */
export const MAX_HTML = 2_000_000;
/** Characters of one tag that are read. */
const MAX_TAG = 20_000;
/** Pixels; letters that are smaller nobody reads. */
const LEAST_SIZE = 2;
const WORDS = /[\p{L}\p{N}]/u;
const NOTHING: Style = { isHidden: false };
const NO_DECLARATIONS: Declarations = new Map();

/** What holds for the words in an element. */
interface Look {
  readonly isHidden: boolean;
  readonly isInvisible: boolean;
  /** Of the letters, in pixels. */
  readonly size: number;
  readonly colour: string;
  readonly background: string;
}

const PAGE: Look = {
  ...{ isHidden: false, isInvisible: false, size: USUAL_SIZE },
  ...{ colour: '#000000', background: '#ffffff' },
};

/**
 * Follows which words of a mail a person sees: not what is not displayed, has no size or no room,
 * stands outside the page, or has the colour of what it stands on (CSS within the mail).
 */
export class Visibility {
  readonly #sheet: StyleSheet;
  readonly #open = new OpenElements<Look>();
  readonly #ofColours: boolean;
  #hasWords = false;

  /** `ofColours: false` leaves what has the colour of its ground. */
  constructor(html: string, { ofColours = true }: { readonly ofColours?: boolean } = {}) {
    this.#sheet = new StyleSheet(html.slice(0, MAX_HTML));
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
    const { isHidden, isInvisible, size, colour, background } = this.#look;
    if (isHidden || isInvisible || size < LEAST_SIZE) return false;
    return !(this.#ofColours && isSameColour(colour, background));
  }

  /** Whether a picture is seen: it needs no letters, so neither size nor colour of them counts. */
  seesPicture(tag: string): boolean {
    const look = toLook(this.#look, this.#read('img', tag.slice(0, MAX_TAG)));
    return !look.isHidden && !look.isInvisible;
  }

  /** `tag` as written, from `<` to `>`. */
  openElement(name: string, tag: string): void {
    this.#open.open(name, () => {
      const own = tag.length > name.length + 2 ? this.#read(name, tag.slice(0, MAX_TAG)) : NOTHING;
      return toLook(this.#look, own);
    });
  }

  closeElement(name: string): void {
    this.#open.close(name);
  }

  get #look(): Look {
    return this.#open.innermost ?? PAGE;
  }

  #read(type: string, tag: string): Style {
    const given = INTERESTING.test(tag) ? readAttributes(tag) : NO_ATTRIBUTES;
    if (given.size === 0) return NOTHING;
    const css = given.get('style') ?? '';
    const inline = css === '' ? NO_DECLARATIONS : readDeclarations(decodeCharacterReferences(css));
    const names = { type, classes: given.get('class') ?? '', id: given.get('id') ?? '' };
    const declared = this.#sheet.apply(names, inline);
    const style = declared.size === 0 ? NOTHING : readStyle(declared);
    const isNamed = names.classes !== '' || names.id !== '';
    const isPainted = given.has('background') || (this.#sheet.paints && isNamed);
    const colour = style.colour ?? toColourOf(given.get('color'));
    const background =
      style.background ?? toColourOf(given.get('bgcolor')) ?? (isPainted ? 'unknown' : undefined);
    return {
      ...style,
      isHidden: style.isHidden || (given.has('hidden') && !declared.has('display')),
      ...(colour === undefined ? {} : { colour }),
      ...(background === undefined ? {} : { background }),
    };
  }
}

/** An element within another one. */
function toLook(around: Look, own: Style): Look {
  const { isInvisible, size, colour, background } = own;
  return {
    isHidden: around.isHidden || own.isHidden,
    isInvisible: isInvisible ?? around.isInvisible,
    size: toPixels(size, around.size),
    colour: colour ?? around.colour,
    background:
      background === undefined || background === 'transparent' ? around.background : background,
  };
}

function toPixels(size: FontSize | undefined, around: number): number {
  if (size === undefined) return around;
  return size.isRelative ? size.amount * around : size.amount;
}

const toColourOf = (value: string | undefined) =>
  value === undefined ? undefined : toColour(value);

const INTERESTING = /style|class|id|color|hidden|background/i;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
