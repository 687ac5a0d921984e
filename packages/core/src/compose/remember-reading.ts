/** Texts that one reader remembers, characters; above this it starts again. */
const REMEMBERED = 2_000_000;

/**
 * The same reader, which reads a text once and remembers what it found: a request, its claim and
 * every recipient of a campaign ask about one body, and to take Markdown apart costs ten times as
 * much as the rest of a decision. One result per body; another subject makes it anew. A reader that
 * throws is asked again.
 */
export function rememberReading<T>(
  read: (subject: string, body: string) => T,
): (subject: string, body: string) => T {
  const known = new Map<string, { readonly subject: string; readonly result: T }>();
  let characters = 0;
  return (subject, body) => {
    const before = known.get(body);
    if (before?.subject === subject) return before.result;
    const result = read(subject, body);
    if (characters + body.length > REMEMBERED) {
      known.clear();
      characters = 0;
    }
    characters += body.length;
    known.set(body, { subject, result });
    return result;
  };
}
