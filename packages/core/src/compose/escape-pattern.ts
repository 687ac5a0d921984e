/** Text as a regular expression that fits exactly it (RegExp.escape is missing in Node 22). */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
