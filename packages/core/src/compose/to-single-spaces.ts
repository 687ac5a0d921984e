/** Each run of white space as one space, and none at the ends. What is a single space is passed over. */
export function toSingleSpaces(text: string): string {
  return text.replace(/\s{2,}|[^\S ]/g, ' ').trim();
}
