/** What the declarations of one element say about whether its words are seen. */
export interface Declared {
  /** Nothing in it is seen, whatever stands further in. */
  readonly isHidden: boolean;
  /** Whether its letters have a size; absent: as around it. */
  readonly hasSize?: boolean;
  /** As `#rrggbb`, `transparent`, or `unknown` (pictures, names that are not read); absent: as around it. */
  readonly colour?: string;
  readonly background?: string;
}

const ZERO = '0+(?:\\.0+)?(?:px|pt|em|rem|%|ex|ch|vw|vh)?';
const starts = (names: string, values: string) =>
  new RegExp(`^(?:${names}):(?:${values})(?:!important)?$`);
const HIDING = [
  starts('display', 'none'),
  starts('visibility', 'hidden|collapse'),
  starts('opacity', '(?:0+(?:\\.0\\d*)?|\\.0\\d*)%?'),
  starts(
    'left|right|top|bottom|text-indent|margin-left|margin-top',
    '-\\d{3,}(?:\\.\\d+)?(?:px|pt|em|rem)',
  ),
  starts('clip', 'rect\\((?:[01](?:px)?[,\\s]*){4}\\)'),
  starts('clip-path', 'inset\\((?:50|100)%\\)'),
  starts('transform', 'scale\\(0(?:\\.0+)?\\)'),
];
const NO_ROOM = starts('(?:max-)?(?:width|height)', ZERO);
const CUT_OFF = /^overflow(?:-[xy])?:(?:hidden|clip)(?:!important)?$/;
const SIZE = /^font-size:(\d*\.?\d+)(px|pt|em|rem|%)?(?:!important)?$/;
/** Smaller than this nobody reads. */
const LEAST: Readonly<Record<string, number>> = { px: 2, pt: 2, em: 0.1, rem: 0.1, '%': 10 };
const NAMES: Readonly<Record<string, string>> = {
  ...{ white: '#ffffff', black: '#000000', snow: '#fffafa', ivory: '#fffff0' },
  ...{ whitesmoke: '#f5f5f5', ghostwhite: '#f8f8ff', floralwhite: '#fffaf0' },
  ...{ red: '#ff0000', green: '#008000', blue: '#0000ff', gray: '#808080', grey: '#808080' },
};
const RGB = /^rgba?\((\d{1,3})[,\s]+(\d{1,3})[,\s]+(\d{1,3})(?:[,/\s]+(\d*\.?\d+)(%?))?\)$/;

/** Reads `display:none;color:#fff` and the like (CSS 2.2), as mail programs do. */
export function readDeclarations(css: string): Declared {
  const found = css
    .toLowerCase()
    .replace(/\/\*[^*]{0,500}\*\//g, '')
    .split(';')
    .slice(0, 100)
    .map((each) =>
      each
        .trim()
        .replace(/\s*:\s*/, ':')
        .replace(/\s+(?=!)/, ''),
    );
  const lastOf = (name: RegExp): string | undefined =>
    found
      .findLast((each) => name.test(each))
      ?.replace(/^[^:]*:/, '')
      .replace('!important', '');
  const isHidden =
    found.some((each) => HIDING.some((pattern) => pattern.test(each))) ||
    (found.some((each) => NO_ROOM.test(each)) && found.some((each) => CUT_OFF.test(each)));
  const size = SIZE.exec(found.findLast((each) => each.startsWith('font-size:')) ?? '');
  const named = found.some((each) => each.startsWith('font-size:'));
  const colour = lastOf(/^color:/);
  const background = lastOf(/^background(?:-color|-image)?:/);
  return {
    isHidden,
    ...(named ? { hasSize: size === null || isReadable(size) } : {}),
    ...(colour === undefined ? {} : { colour: toColour(colour) }),
    ...(background === undefined ? {} : { background: toColour(background) }),
  };
}

function isReadable([, amount = '', unit = 'px']: RegExpExecArray): boolean {
  return Number(amount) >= (LEAST[unit] ?? 0);
}

/** A colour in one spelling; `unknown` when it is none that is read. */
export function toColour(text: string): string {
  const value = text.trim().toLowerCase();
  if (value === 'transparent' || value === 'none') return 'transparent';
  const [, short, long] = /^#(?:([\da-f]{3})|([\da-f]{6}))$/.exec(value) ?? [];
  if (short !== undefined) return `#${[...short].map((digit) => digit + digit).join('')}`;
  if (long !== undefined) return value;
  const [, red, green, blue, alpha, percent] = RGB.exec(value) ?? [];
  if (red === undefined) return NAMES[value] ?? 'unknown';
  if (alpha !== undefined && Number(alpha) / (percent === '%' ? 100 : 1) < 0.05) {
    return 'transparent';
  }
  const hex = [red, green, blue].map((part) => Math.min(255, Number(part)).toString(16));
  return `#${hex.map((part) => part.padStart(2, '0')).join('')}`;
}

/** Whether letters of one colour cannot be told from the other: 4 of 256 steps at most, in each part. */
export function isSameColour(letters: string, background: string): boolean {
  if (letters === 'transparent') return true;
  const [one, other] = [letters, background].map((colour) =>
    /^#[\da-f]{6}$/.test(colour)
      ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
      : undefined,
  );
  if (one === undefined || other === undefined) return false;
  return one.every((part, at) => Math.abs(part - (other[at] ?? 0)) <= 4);
}
