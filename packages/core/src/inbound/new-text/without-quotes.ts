/**
 * New text without the quoted lines that stand among its answers: what to judge when only the
 * person's own words count, and what may stay when the quoted person's data are erased.
 */
export function withoutQuotes(newText: string): string {
  return newText
    .split('\n')
    .filter((line) => !/^\s{0,4}[>＞]/.test(line))
    .join('\n')
    .trim();
}
