import { toColour } from './colours.ts';
import { type Declarations, NUMBER } from './declarations.ts';

/** What the declarations of one element say about whether its words are seen. */
export interface Style {
  /** Nothing in it is seen, whatever stands further in. */
  readonly isHidden: boolean;
  /** Its words are not seen, and those further in unless they say otherwise; absent: as around it. */
  readonly isInvisible?: boolean;
  readonly size?: FontSize;
  /** As `#rrggbb`, `transparent`, or `unknown` (pictures, names that are not read); absent: as around it. */
  readonly colour?: string;
  readonly background?: string;
}

/** In pixels, or as a part of the size around it. */
export interface FontSize {
  readonly amount: number;
  readonly isRelative: boolean;
}

/** What a browser writes letters in when nothing is said, in pixels. */
export const USUAL_SIZE = 16;

const ZERO = /^0{1,20}(?:\.0{0,20})?(?:px|pt|em|rem|%|ex|ch|vw|vh)?$/;
const FAR = /^-\d{3,20}(?:\.\d{0,20})?(?:px|pt|em|rem)$/;
const FARTHER = /^-\d{4,20}(?:\.\d{0,20})?(?:px|pt|em|rem)$/;
/** Values of one property with which nothing in the element is seen. */
const HIDING: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['display', (value: string) => value === 'none'],
  ['opacity', (value: string) => toAmount(value) < 0.1],
  ...['left', 'right', 'top', 'bottom', 'text-indent'].map(
    (name) => [name, (value: string) => FAR.test(value)] as const,
  ),
  ...['margin-left', 'margin-top'].map(
    (name) => [name, (value: string) => FARTHER.test(value)] as const,
  ),
  ['clip', (value: string) => /^rect\( ?(?:[01](?:px)?[, ]{0,9}){4}\)$/.test(value)],
  ['clip-path', (value: string) => /^inset\( ?(?:50|100)% ?\)$/.test(value)],
  ['transform', (value: string) => /^scale\( ?0(?:\.0{0,20})? ?\)$/.test(value)],
]);
const ROOM = ['max-height', 'max-width', 'height', 'width'];
const OVERFLOW = ['overflow', 'overflow-x', 'overflow-y'];

/** Properties by which words are not seen; those of colours are not among them. */
export const HIDING_PROPERTIES: ReadonlySet<string> = new Set([
  ...HIDING.keys(),
  ...ROOM,
  ...OVERFLOW,
  ...['visibility', 'font-size'],
]);

/** Reads what they say together. */
export function readStyle(declared: Declarations): Style {
  const said = (name: string): string | undefined => declared.get(name)?.value;
  const isCutToNothing =
    ROOM.some((name) => ZERO.test(said(name) ?? '')) && OVERFLOW.some((name) => isCut(said(name)));
  let isHidden = isCutToNothing;
  for (const [name, { value }] of declared) isHidden ||= HIDING.get(name)?.(value) === true;
  const visibility = said('visibility');
  const size = toFontSize(said('font-size'));
  const colour = said('color');
  const background = readBackground(declared);
  return {
    isHidden,
    ...(isInherited(visibility) ? {} : { isInvisible: isUnseen(visibility) }),
    ...(size === undefined ? {} : { size }),
    ...(isInherited(colour) ? {} : { colour: toColour(colour) }),
    ...(background === undefined ? {} : { background }),
  };
}

/** Whether a value can be what leaves words unseen, alone or with another. */
export function isHidingValue(name: string, value: string): boolean {
  if (ROOM.includes(name)) return ZERO.test(value);
  if (OVERFLOW.includes(name)) return isCut(value);
  if (name === 'visibility') return isUnseen(value);
  if (name === 'font-size') return isTiny(toFontSize(value));
  return HIDING.get(name)?.(value) ?? false;
}

function isCut(value: string | undefined): boolean {
  return value === 'hidden' || value === 'clip';
}

function isUnseen(value: string): boolean {
  return value === 'hidden' || value === 'collapse';
}

function isInherited(value: string | undefined): value is undefined {
  return value === undefined || value === 'inherit' || value === 'unset';
}

function isTiny(size: FontSize | undefined): boolean {
  return size !== undefined && size.amount * (size.isRelative ? USUAL_SIZE : 1) < 2;
}

/** A picture may have any colour, and lies upon one that is named. */
function readBackground(declared: Declarations): string | undefined {
  const [all, colour, picture] = ['background', 'background-color', 'background-image'].map(
    (name) => declared.get(name)?.value,
  );
  const hasPicture = [all, picture].some((value) => /url|image|gradient/.test(value ?? ''));
  if (hasPicture) return 'unknown';
  const value = colour ?? all;
  return value === undefined ? undefined : toColour(value);
}

const SIZE = new RegExp(`^(${NUMBER})([a-z]{2,5}|%)?$`);
/** Pixels, or of what is around it. */
const UNITS: ReadonlyMap<string, FontSize> = new Map([
  ['px', { amount: 1, isRelative: false }],
  ['pt', { amount: 4 / 3, isRelative: false }],
  ['rem', { amount: USUAL_SIZE, isRelative: false }],
  ['em', { amount: 1, isRelative: true }],
  ['ex', { amount: 0.5, isRelative: true }],
  ['%', { amount: 0.01, isRelative: true }],
  ['smaller', { amount: 0.8, isRelative: true }],
  ['larger', { amount: 1.2, isRelative: true }],
]);

/** Of units and names that are not read, that people can read it. */
function toFontSize(value: string | undefined): FontSize | undefined {
  if (isInherited(value)) return undefined;
  const [, amount, unit = 'px'] = SIZE.exec(value) ?? [];
  const of = UNITS.get(amount === undefined ? value : unit);
  if (of === undefined) {
    const isZero = amount !== undefined && Number(amount) === 0;
    return { amount: isZero ? 0 : USUAL_SIZE, isRelative: false };
  }
  return { ...of, amount: of.amount * Number(amount ?? 1) };
}

function toAmount(value: string): number {
  if (value.endsWith('%')) return Number(value.slice(0, -1)) / 100;
  return value === '' ? Number.NaN : Number(value);
}
