import { NUMBER } from './declarations.ts';

const NAMES: ReadonlyMap<string, string> = new Map([
  ...([
    ['white', '#ffffff'],
    ['black', '#000000'],
    ['snow', '#fffafa'],
    ['ivory', '#fffff0'],
    ['whitesmoke', '#f5f5f5'],
    ['ghostwhite', '#f8f8ff'],
    ['floralwhite', '#fffaf0'],
    ['red', '#ff0000'],
    ['green', '#008000'],
    ['blue', '#0000ff'],
    ['gray', '#808080'],
    ['grey', '#808080'],
  ] as const),
]);
const RGB = new RegExp(
  `^rgba?\\( ?(\\d{1,3})[, ]{1,9}(\\d{1,3})[, ]{1,9}(\\d{1,3}) ?(?:[,/ ]{1,9}(${NUMBER})(%?))? ?\\)$`,
);

/** A colour in one spelling, `#rrggbb`; `unknown` when it is none that is read. */
export function toColour(text: string): string {
  const value = text.slice(0, 300).trim().toLowerCase();
  if (value === 'transparent' || value === 'none') return 'transparent';
  const [, short, long] = /^#(?:([\da-f]{3})|([\da-f]{6}))$/.exec(value) ?? [];
  if (short !== undefined) return `#${[...short].map((digit) => digit + digit).join('')}`;
  if (long !== undefined) return value;
  const [, red, green, blue, alpha, percent] = RGB.exec(value) ?? [];
  if (red === undefined) return NAMES.get(value) ?? 'unknown';
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
