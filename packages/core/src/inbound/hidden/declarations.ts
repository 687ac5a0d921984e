/** What one property is said to be. */
export interface Declaration {
  readonly value: string;
  readonly isImportant: boolean;
}

/** By property, in lower case. */
export type Declarations = ReadonlyMap<string, Declaration>;

/** More than any program writes about one element. */
const MAX_DECLARATIONS = 1_000;
/** Of a longer one, such as a picture, the beginning says what it is. */
const MAX_VALUE = 300;
/** Digits are counted: without an end they would be tried again and again. */
export const NUMBER = '(?:\\d{1,20}(?:\\.\\d{0,20})?|\\.\\d{1,20})';
const NAME = /^(?:-webkit-|-moz-)?[a-z-]{1,40}$/;
/** What a browser does not know leaves standing what was said before. */
const VALID: ReadonlyMap<string, RegExp> = new Map([
  [
    'display',
    /^(?:none|contents|(?:inline-)?(?:block|flex|grid|table)|inline|list-item|flow-root|run-in|ruby|table-(?:row|cell|caption|column|(?:row|header|footer|column)-group)|-webkit-(?:inline-)?(?:box|flex)|inherit|initial|unset|revert)$/,
  ],
  ['visibility', /^(?:visible|hidden|collapse|inherit|initial|unset|revert)$/],
  ['opacity', new RegExp(`^(?:-?${NUMBER}%?|inherit|initial|unset|revert|calc\\(.{1,200})$`)],
  // Without a unit: pixels, in documents of no declared type (Quirks Mode §3.2).
  ['font-size', new RegExp(`^(?:${NUMBER}(?:[a-z]{2,5}|%)?|[a-z-]{3,10}|calc\\(.{1,200})$`)],
]);
/** The size in `font: italic 700 14px/20px Arial`. */
const FONT_SIZE = new RegExp(`(?:^| )(${NUMBER}(?:px|pt|em|rem|%|ex|ch|vw|vh)|0)(?=[ /])`);

/**
 * Reads `display:none;color:#fff` and the like (CSS 2.2) as mail programs do: of each property the
 * last value that is one counts, before it one that is `!important`. Takes linear time.
 */
export function readDeclarations(css: string): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  const text = withoutComments(css).toLowerCase().replace(/\s+/g, ' ');
  for (const each of text.split(';', MAX_DECLARATIONS)) {
    const colon = each.indexOf(':');
    const name = each.slice(0, Math.max(0, Math.min(colon, 100))).trim();
    if (!NAME.test(name)) continue;
    const written = each.slice(colon + 1, colon + 1 + MAX_VALUE).trim();
    const value = written.replace(/ ?! ?important$/, '');
    if (VALID.get(name)?.test(value) === false) continue;
    declare(found, name, { value, isImportant: value !== written });
  }
  return found;
}

function declare(found: Map<string, Declaration>, name: string, declaration: Declaration): void {
  if (found.get(name)?.isImportant === true && !declaration.isImportant) return;
  found.set(name, declaration);
  if (name === 'font') {
    const [, size] = FONT_SIZE.exec(declaration.value) ?? [];
    const value = size ?? (declaration.value === 'inherit' ? 'inherit' : 'medium');
    declare(found, 'font-size', { ...declaration, value });
  }
  // It says all of what these say in part.
  if (name === 'background') {
    for (const part of ['background-color', 'background-image']) {
      if (found.get(part)?.isImportant !== true) found.delete(part);
    }
  }
}

/** A comment takes words apart; one without an end goes to the end (CSS Syntax §4.3.2). */
export function withoutComments(css: string): string {
  const parts: string[] = [];
  for (let at = 0; ; ) {
    const open = css.indexOf('/*', at);
    parts.push(css.slice(at, open < 0 ? css.length : open));
    const close = open < 0 ? -1 : css.indexOf('*/', open + 2);
    if (close < 0) return parts.join(' ');
    at = close + 2;
  }
}
