/** The first `length` units of a text; never half a character, and marked when something is gone. */
export function cutText(text: string, length: number): string {
  return text.length <= length ? text : `${sliceText(text, 0, length - 1)}…`;
}

/** `text.slice` that does not split a surrogate pair. */
export function sliceText(text: string, start: number, end: number): string {
  return text.slice(toBoundary(text, start), toBoundary(text, end));
}

function toBoundary(text: string, index: number): number {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  const splits = before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
  return splits ? index - 1 : index;
}
