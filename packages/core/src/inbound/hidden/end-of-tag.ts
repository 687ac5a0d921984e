/**
 * After the `>` that ends the tag at `open`; one in a quoted value does not (HTML §13.2.5). Where a
 * quotation mark has no other, the rest of the document is in that value, and nobody sees it. Reads
 * each character once.
 */
export function endOfTag(source: string, open: number): number {
  let at = open + 1;
  while (at < source.length && !isNameEnd(source[at])) at += 1;
  let hasName = false;
  for (; at < source.length; at += 1) {
    const character = source[at];
    if (character === '>') return at + 1;
    if (character === '/') hasName = false;
    else if (character === '=' && hasName) {
      at = endOfValue(source, at + 1) - 1;
      hasName = false;
    } else if (!isSpace(character)) hasName = true;
  }
  return source.length;
}

function endOfValue(source: string, from: number): number {
  let at = from;
  while (isSpace(source[at])) at += 1;
  const mark = source[at];
  if (mark === '"' || mark === "'") {
    const end = source.indexOf(mark, at + 1);
    return end < 0 ? source.length : end + 1;
  }
  while (at < source.length && source[at] !== '>' && !isSpace(source[at])) at += 1;
  return at;
}

function isNameEnd(character: string | undefined): boolean {
  return character === '>' || character === '/' || isSpace(character);
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && ' \n\t\f\r'.includes(character);
}
