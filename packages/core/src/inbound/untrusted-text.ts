/** Text from outside as it can be stored: well-formed, without NUL (PostgreSQL refuses it), bounded. */
export function cleanText(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replaceAll('\0', '').toWellFormed();
}

/** The same on one line, without controls: for names and subjects. */
export function cleanLine(text: string, maxLength: number): string {
  return cleanText(text, maxLength * 4)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, maxLength)
    .toWellFormed();
}
