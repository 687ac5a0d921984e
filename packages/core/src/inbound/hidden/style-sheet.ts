import { type Declared, readDeclarations } from './hides.ts';

/** Longest style element that is read, characters. */
const MAX_STYLE = 100_000;
const MAX_RULES = 2_000;

/** What the style elements of a mail say about classes and ids. */
export interface StyleSheet {
  /** Of `.name` and `#name`. */
  readonly hidden: ReadonlySet<string>;
  /** Some rule gives a background, so that an element with a class may stand on any colour. */
  readonly paints: boolean;
}

/** Reads rules for a single class or id, outside `@media`, which is for other screens. */
export function readStyleSheet(html: string): StyleSheet {
  const hidden = new Set<string>();
  let paints = false;
  for (const css of styleElements(html)) {
    for (const [selectors, declared, text] of rulesOf(css)) {
      paints ||= text.includes('background');
      if (!declared.isHidden && declared.hasSize !== false) continue;
      for (const selector of selectors.split(',')) {
        const [, name] = /^\s*[a-z\d]{0,20}([.#][\w-]{1,100})\s*$/i.exec(selector) ?? [];
        if (name !== undefined) hidden.add(name);
      }
    }
  }
  return { hidden, paints };
}

function* styleElements(html: string): Generator<string> {
  const lower = html.toLowerCase();
  for (let at = lower.indexOf('<style'); at >= 0; ) {
    const start = lower.indexOf('>', at);
    const end = start < 0 ? -1 : lower.indexOf('</style', start);
    if (end < 0) return;
    yield html.slice(start + 1, Math.min(end, start + MAX_STYLE));
    at = lower.indexOf('<style', end);
  }
}

/** Flat rules; what stands within an at-rule is passed over. */
function* rulesOf(css: string): Generator<readonly [string, Declared, string]> {
  let from = 0;
  for (let count = 0; count < MAX_RULES; count += 1) {
    const open = css.indexOf('{', from);
    if (open < 0) return;
    const selectors = css
      .slice(from, open)
      .replace(/<!--|-->/g, '')
      .trim();
    const close = selectors.startsWith('@') ? afterBlock(css, open) : css.indexOf('}', open);
    if (close < 0) return;
    from = close + 1;
    const text = css.slice(open + 1, close).toLowerCase();
    if (!selectors.startsWith('@')) yield [selectors, readDeclarations(text), text];
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
