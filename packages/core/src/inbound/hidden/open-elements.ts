import { VOID_ELEMENTS } from '../void-elements.ts';

/** Elements that may stay open are followed to this depth. */
const MAX_OPEN = 20_000;
/** What ends by itself where one of these begins (HTML §13.1.2.4). */
const ENDS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['li', ['li']],
  ['option', ['option']],
  ...['dt', 'dd'].map((name) => [name, ['dt', 'dd']] as const),
  ...['td', 'th'].map((name) => [name, ['td', 'th', 'p']] as const),
  ['tr', ['td', 'th', 'tr', 'p']],
  ...['p', 'div', 'table', 'ul', 'ol', 'blockquote'].map((name) => [name, ['p']] as const),
]);
const CELLS = ['td', 'th', 'caption'];
const ROWS = ['tr', 'tbody', 'thead', 'tfoot'];
const BLOCKS = [
  ...['address', 'article', 'aside', 'blockquote', 'button', 'center', 'dd', 'details', 'div'],
  ...['dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4'],
  ...['h5', 'h6', 'header', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'summary', 'ul'],
];
/** Those that end where their end tag says, with what stands in them moved out (HTML §13.2.6.4.7). */
const FORMATTING = [
  ...['a', 'b', 'big', 'code', 'em', 'font', 'i', 'nobr', 's', 'small', 'strike', 'strong'],
  ...['tt', 'u'],
];

/** Up to which open elements an end tag is looked for (HTML §13.2.4.2). */
type Scope = 'table' | 'cell' | 'list' | 'block';
const BOUNDS: readonly (readonly [Scope, ReadonlySet<string>])[] = [
  ['table', new Set(['table'])],
  ['cell', new Set(['table', ...CELLS, 'object', 'marquee'])],
  ['list', new Set(['table', ...CELLS, 'object', 'marquee', 'ul', 'ol'])],
  ['block', new Set(['table', ...CELLS, ...ROWS, 'object', 'marquee', ...BLOCKS])],
];
const SCOPES: ReadonlyMap<string, Scope> = new Map<string, Scope>([
  ...['table', ...ROWS, ...CELLS].map((name) => [name, 'table'] as const),
  ...[...BLOCKS, ...FORMATTING, 'object', 'marquee'].map((name) => [name, 'cell'] as const),
  ['li', 'list'],
]);

/** The elements that are open at a place of a document, with something that is known of each. */
export class OpenElements<T> {
  readonly #open: { readonly name: string; readonly state: T }[] = [];
  /** Where those of one name stand, and those at which the search for a start ends. */
  readonly #places = new Map<string, number[]>();
  readonly #bounds: Readonly<Record<Scope, number[]>> = {
    table: [],
    cell: [],
    list: [],
    block: [],
  };

  get innermost(): T | undefined {
    return this.#open.at(-1)?.state;
  }

  /** `toState` is asked once what ends by itself has ended. */
  open(name: string, toState: () => T): void {
    if (VOID_ELEMENTS.has(name)) return;
    while (ENDS.get(name)?.includes(this.#open.at(-1)?.name ?? '') === true) this.#pop();
    const place = this.#open.length;
    if (place >= MAX_OPEN) return;
    this.#open.push({ name, state: toState() });
    const places = this.#places.get(name);
    if (places === undefined) this.#places.set(name, [place]);
    else places.push(place);
    for (const [scope, names] of BOUNDS) if (names.has(name)) this.#bounds[scope].push(place);
  }

  /** Ends the innermost of this name, and what is open in it; nothing where its start is out of reach. */
  close(name: string): void {
    const place = this.#places.get(name)?.at(-1);
    const bound = this.#bounds[SCOPES.get(name) ?? 'block'].at(-1) ?? -1;
    if (place === undefined || place < bound) return;
    while (this.#open.length > place) this.#pop();
  }

  #pop(): void {
    const { name } = this.#open.pop() ?? {};
    if (name === undefined) return;
    this.#places.get(name)?.pop();
    for (const [scope, names] of BOUNDS) if (names.has(name)) this.#bounds[scope].pop();
  }
}
