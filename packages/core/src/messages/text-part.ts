/** Which part of a text is shown, in UTF-16 units. */
export interface TextPart {
  readonly offset?: number;
  readonly length: number;
}

/** A part of a text, and where the next begins; never half a character. */
export function toTextPart(
  text: string,
  part: TextPart,
): { readonly text: string; readonly nextOffset?: number } {
  const start = toBoundary(text, part.offset ?? 0);
  const end = toBoundary(text, start + part.length);
  return {
    text: text.slice(start, end).toWellFormed(),
    ...(end < text.length ? { nextOffset: end } : {}),
  };
}

/** Not in the middle of a character outside the Basic Multilingual Plane. */
function toBoundary(text: string, index: number): number {
  return /^[\uDC00-\uDFFF]/.test(text.slice(index, index + 1)) ? index - 1 : index;
}
