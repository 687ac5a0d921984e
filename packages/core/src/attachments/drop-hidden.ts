/** Declarations with which an element and all that it holds is not seen. */
const HIDING =
  /[;\s](?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:max-height|max-width|opacity)\s*:\s*0(?:\.0{1,4})?(?:px|pt|em|rem|%)?\s*[;!]|mso-hide\s*:\s*all)/i;
/** Layouts put it around words that have a size of their own. */
const ZERO_SIZE = /[;\s]font-size\s*:\s*0(?:\.0{1,4})?(?:px|pt|em|rem|%)?\s*[;!]/i;
const OWN_SIZE = /font-size\s*:|<font\s/i;
const HIDDEN_ATTRIBUTE = /\shidden(?=[\s=>/])/i;
const VOID: ReadonlySet<string> = new Set([
  ...['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'],
]);
/** Units of one tag that are looked at. */
const MAX_TAG = 4_000;

/** An element that is being left out. */
interface Hiding {
  readonly name: string;
  readonly from: number;
  readonly isZeroSize: boolean;
  depth: number;
}

/**
 * HTML without the elements whose own `style` or `hidden` attribute keeps them from being seen: what
 * only a model would read. Styles by class are not followed. Takes linear time on any input.
 */
export function dropHidden(html: string): string {
  const kept: string[] = [];
  let from = 0;
  let hiding: Hiding | undefined;
  for (let at = html.indexOf('<'); at >= 0; ) {
    const end = endOfMarkup(html, at);
    const tag = html.slice(at, Math.min(end, at + MAX_TAG));
    const [, slash, given = ''] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(tag) ?? [];
    const name = given.toLowerCase();
    if (hiding !== undefined && name === hiding.name) {
      hiding.depth += slash === '/' ? -1 : 1;
      // A paragraph ends where the next begins.
      const isNext = name === 'p' && slash === '';
      if (isNext || hiding.depth === 0) {
        if (hiding.isZeroSize && OWN_SIZE.test(html.slice(hiding.from, at)))
          kept.push(html.slice(hiding.from, at));
        from = at;
        hiding = undefined;
      }
    }
    if (hiding === undefined && slash === '' && !VOID.has(name)) {
      const how = findHiding(tag);
      if (how !== undefined) {
        kept.push(html.slice(from, at));
        hiding = { name, from: end, isZeroSize: how === 'zero-size', depth: 1 };
      }
    }
    at = html.indexOf('<', end);
  }
  if (hiding === undefined) kept.push(html.slice(from));
  else if (hiding.isZeroSize) kept.push(html.slice(hiding.from));
  return kept.join('');
}

/** Where a tag or a comment ends; a `>` in quotes ends it too, which only shows more. */
function endOfMarkup(html: string, at: number): number {
  const mark = html.startsWith('<!--', at) ? '-->' : '>';
  const end = html.indexOf(mark, at);
  return end < 0 ? html.length : end + mark.length;
}

function findHiding(tag: string): 'all' | 'zero-size' | undefined {
  if (HIDDEN_ATTRIBUTE.test(tag.replace(/"[^"]*"|'[^']*'/g, '""'))) return 'all';
  const [, quoted, single] = /\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag) ?? [];
  const style = `;${quoted ?? single ?? ''};`;
  if (HIDING.test(style)) return 'all';
  return ZERO_SIZE.test(style) ? 'zero-size' : undefined;
}
