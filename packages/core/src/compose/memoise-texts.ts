/** Results that are kept, and the longest texts that they are kept for, UTF-16 units. */
const MAX_KEPT = 64;
const MAX_LENGTH = 20_000;

/**
 * A pure function of texts that remembers its last results: one message to a thousand people is
 * read once. The oldest result goes first; long texts are computed each time.
 */
export function memoiseTexts<Texts extends readonly string[], Result>(
  compute: (...texts: Texts) => Result,
): (...texts: Texts) => Result {
  const kept = new Map<string, Result>();
  return (...texts) => {
    const key = texts.join('\u0000');
    if (key.length > MAX_LENGTH) return compute(...texts);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const result = compute(...texts);
    const [oldest] = kept.keys();
    if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, result);
    return result;
  };
}
