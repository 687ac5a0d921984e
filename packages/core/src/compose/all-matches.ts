const NONE: readonly RegExpExecArray[] = [];

/**
 * What a global pattern finds in a text, in order. `String.matchAll` makes a new pattern for each
 * call, which costs more than most lines that are read for a hundred patterns.
 */
export function allMatches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return NONE;
  const found: RegExpExecArray[] = [];
  while (match !== null) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
    match = pattern.exec(text);
  }
  return found;
}
