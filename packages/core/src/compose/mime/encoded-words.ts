/** RFC 2047 §2 allows 75; with a short field name before it, this fits a line of 76. */
const MAX_WORD = 60;
const PREFIX_LENGTH = '=?UTF-8?Q?'.length;
const ROOM = MAX_WORD - PREFIX_LENGTH - '?='.length;

/** What stands for itself in every place where an encoded word may stand (RFC 2047 §5, rule 3). */
const PLAIN = /[A-Za-z0-9!*+\-/]/;

/**
 * Any text as encoded words in UTF-8 (RFC 2047) with a space between them, in Q, or in B where
 * that is much shorter. A word never ends inside a character. `text` has no line breaks.
 */
export function toEncodedWords(text: string): string {
  const characters = [...text].map((character) => ({ character, q: toQ(character) }));
  const qLength = characters.reduce((sum, { q }) => sum + q.length, 0);
  // Q stays legible for people and filters; B pays for scripts in which most characters are coded.
  const asB = Buffer.byteLength(text) * 2 < qLength;
  const words = asB
    ? group(characters, ({ character }) => Buffer.byteLength(character), Math.floor(ROOM / 4) * 3)
    : group(characters, ({ q }) => q.length, ROOM);
  return words
    .map((word) =>
      asB
        ? `=?UTF-8?B?${Buffer.from(word.map(({ character }) => character).join('')).toString('base64')}?=`
        : `=?UTF-8?Q?${word.map(({ q }) => q).join('')}?=`,
    )
    .join(' ');
}

function toQ(character: string): string {
  if (character === ' ') return '_';
  if (PLAIN.test(character)) return character;
  return Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '=$&');
}

/** As many in a group as fit, in their order. */
function group<T>(items: readonly T[], sizeOf: (item: T) => number, room: number): T[][] {
  const groups: T[][] = [];
  let left = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const last = groups.at(-1);
    if (last === undefined || size > left) {
      groups.push([item]);
      left = room - size;
    } else {
      last.push(item);
      left -= size;
    }
  }
  return groups;
}
