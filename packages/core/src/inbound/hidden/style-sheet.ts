import {
  type Declaration,
  type Declarations,
  readDeclarations,
  withoutComments,
} from './declarations.ts';
import { endOfTag } from './end-of-tag.ts';
import { readAttributes } from './read-attributes.ts';
import { HIDING_PROPERTIES, isHidingValue } from './read-style.ts';

/** Longest style element that is read, characters. */
const MAX_STYLE = 100_000;
const MAX_RULES = 2_000;
/** Of one element. */
const MAX_CLASSES = 20;

/** The type of an element, its classes and its id. */
export interface Names {
  readonly type: string;
  readonly classes: string;
  readonly id: string;
}

interface Ranked extends Declaration {
  /** What is more specific goes before (CSS Cascade §6): an id, a class with a type, a class. */
  readonly rank: number;
}

/** What the style elements of a mail say about single classes and ids, and whether they are seen. */
export class StyleSheet {
  /** By `.name`, `#name`, or one of them behind a type. */
  readonly #rules = new Map<string, Map<string, Ranked>>();
  #paints = false;

  /** Reads what holds on every screen: nothing for print alone, and nothing within `@media`. */
  constructor(html: string) {
    for (const css of styleElements(html)) {
      for (const [selectors, text] of rulesOf(withoutComments(css))) this.#addRule(selectors, text);
    }
  }

  /** Some rule gives a background, so that an element with a class may stand on any colour. */
  get paints(): boolean {
    return this.#paints;
  }

  /** What holds for an element, together with what it says itself. */
  apply({ type, classes, id }: Names, own: Declarations): Declarations {
    if (this.#rules.size === 0 || (classes === '' && id === '')) return own;
    const found = new Map<string, Ranked>();
    const named = new Set(classes.split(/\s+/, 2 * MAX_CLASSES));
    for (const name of [...named].slice(0, MAX_CLASSES)) {
      this.#collect(`.${name}`, type, found);
    }
    this.#collect(`#${id}`, type, found);
    if (found.size === 0) return own;
    const all = new Map<string, Declaration>(own);
    for (const [name, declaration] of found) {
      const inline = own.get(name);
      const isOver = declaration.isImportant && inline?.isImportant !== true;
      if (inline === undefined || isOver) all.set(name, declaration);
    }
    return all;
  }

  #collect(key: string, type: string, found: Map<string, Ranked>): void {
    for (const rules of [this.#rules.get(key), this.#rules.get(`${type}${key}`)]) {
      if (rules === undefined) continue;
      for (const [name, declaration] of rules) put(found, name, declaration);
    }
  }

  #addRule(selectors: string, text: string): void {
    this.#paints ||= /background/i.test(text);
    const declared = [...readDeclarations(text)].filter(([name]) => HIDING_PROPERTIES.has(name));
    if (declared.length === 0) return;
    const shown = declared.filter(([name, { value }]) => !isHidingValue(name, value));
    for (const selector of selectors.split(',')) {
      const [, type = '', name] = SIMPLE.exec(selector) ?? [];
      if (name !== undefined) {
        const rank = (name.startsWith('#') ? 2 : 0) + (type === '' ? 0 : 1);
        this.#add(`${type.toLowerCase()}${name}`, declared, rank);
      } else if (shown.length > 0) {
        // Whether it holds is not known: it hides nothing, and may show what another one hides.
        const [, last] = LAST.exec(selector.slice(-MAX_SELECTOR)) ?? [];
        if (last !== undefined) this.#add(last, shown, COMPLEX);
      }
    }
  }

  #add(key: string, declared: Iterable<readonly [string, Declaration]>, rank: number): void {
    const rules = this.#rules.get(key) ?? new Map<string, Ranked>();
    this.#rules.set(key, rules);
    for (const [name, declaration] of declared) put(rules, name, { ...declaration, rank });
  }
}

const SIMPLE = /^\s{0,100}([a-z\d]{0,20})([.#][\w-]{1,100})\s{0,100}$/i;
const LAST = /([.#][\w-]{1,100})[^\s.#>+~]{0,100}\s{0,100}$/;
const MAX_SELECTOR = 300;
const COMPLEX = 4;

/** Of two that say something about a property the later one counts, unless the other weighs more. */
function put(rules: Map<string, Ranked>, name: string, declaration: Ranked): void {
  const before = rules.get(name);
  if (before === undefined || weigh(declaration) >= weigh(before)) rules.set(name, declaration);
}

function weigh({ isImportant, rank }: Ranked): number {
  return (isImportant ? 10 : 0) + rank;
}

/** What programs read: not those in comments, nor those for printers or narrow screens. */
function* styleElements(html: string): Generator<string> {
  const begin = /<!--|<style\b/gi;
  const end = /<\/style\b/gi;
  for (let found = begin.exec(html); found !== null; found = begin.exec(html)) {
    if (found[0] === '<!--') {
      const close = html.indexOf('-->', found.index + 2);
      if (close < 0) return;
      begin.lastIndex = close + 3;
      continue;
    }
    const start = endOfTag(html, found.index);
    end.lastIndex = start;
    const close = end.exec(html)?.index ?? html.length;
    const media = readAttributes(html.slice(found.index, Math.min(start, found.index + 2_000)));
    if (/^\s*(?:all|screen)?\s*$/i.test((media.get('media') ?? '').slice(0, 100))) {
      yield html.slice(start, Math.min(close, start + MAX_STYLE));
    }
    begin.lastIndex = close;
  }
}

/** Flat rules; what stands within an at-rule is passed over. */
function* rulesOf(css: string): Generator<readonly [string, string]> {
  let from = 0;
  for (let count = 0; count < MAX_RULES; count += 1) {
    const open = css.indexOf('{', from);
    if (open < 0) return;
    const before = css.slice(from, open).replace(/<!--|-->/g, '');
    // `@import` and its like have no block.
    const selectors = before.slice(before.lastIndexOf(';') + 1).trim();
    const isAt = selectors.startsWith('@');
    const close = isAt ? afterBlock(css, open) : css.indexOf('}', open);
    // What is not closed ends with the sheet (CSS Syntax §5.4.4).
    const stop = close < 0 ? css.length : close;
    from = stop + 1;
    if (!isAt) yield [selectors, css.slice(open + 1, stop)];
  }
}

function afterBlock(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at += 1) {
    if (css[at] === '{') depth += 1;
    if (css[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
