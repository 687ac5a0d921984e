/**
 * Whether any of these patterns finds something, asked of all of them at once: most lines have
 * nothing that is looked for. Patterns with references to their own groups cannot be joined.
 */
export function matchAny(patterns: readonly RegExp[]): (text: string) => boolean {
  const byFlags = Map.groupBy(patterns, ({ flags }) => flags.replace('g', ''));
  const joined = Array.from(byFlags, ([flags, same]) => {
    return new RegExp(same.map(({ source }) => `(?:${source})`).join('|'), flags);
  });
  return (text) => joined.some((pattern) => pattern.test(text));
}
