import { decodeCharacterReferences } from '../../compose/character-references.ts';
import { readAttributes } from '../hidden/read-attributes.ts';
import { stripUnseen } from '../strip-unseen.ts';

/** Of a longer description the beginning is enough to know what the picture shows. */
const MAX_TEXT = 150;
/** A picture that is smaller, in pixels, shows nothing: it tells that the mail was opened. */
const MIN_SIZE = 5;
const SIZE =
  /(?:^|;)\s{0,5}(?:max-)?(?:width|height)\s{0,5}:\s{0,5}(\d{1,6})(?:\.\d{1,9})?\s{0,5}(?:px)?\s{0,5}(?=!|;|$)/gi;

/** What stands in place of a picture; `undefined` for one that shows or says nothing. */
export function toPictureText(tag: string): string | undefined {
  const given = readAttributes(tag.slice(0, 20_000));
  if (isTiny(given)) return undefined;
  const text = stripUnseen(decodeCharacterReferences(given.get('alt') ?? ''))
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '') return undefined;
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT).toWellFormed()}…`;
}

function isTiny(given: ReadonlyMap<string, string>): boolean {
  const said = [given.get('width'), given.get('height')].flatMap((value) => {
    const [, pixels] =
      /^\s*(\d{1,6})(?:\.\d*)?\s*(?:px)?\s*$/i.exec(value?.slice(0, 50) ?? '') ?? [];
    return pixels === undefined ? [] : [Number(pixels)];
  });
  const styled = [...(given.get('style') ?? '').slice(0, 5_000).matchAll(SIZE)].map(([, pixels]) =>
    Number(pixels),
  );
  return [...said, ...styled].some((pixels) => pixels < MIN_SIZE);
}
