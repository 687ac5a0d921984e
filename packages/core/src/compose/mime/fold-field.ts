/** RFC 5322 §2.1.1: longer lines are allowed and not recommended. */
const PREFERRED_LINE = 76;

/**
 * `Name: value` with CRLF, broken before spaces where it is longer than 76 characters. Unfolding
 * (RFC 5322 §2.2.3) gives back exactly what went in. Words longer than a line stay whole.
 */
export function foldField(name: string, value: string): string {
  const whole = `${name}: ${value}`;
  if (whole.length <= PREFERRED_LINE) return `${whole}\r\n`;
  // Each piece keeps the spaces before it.
  const [first = '', ...pieces] = value.match(/\s*\S+/g) ?? [];
  const lines: string[] = [];
  let line = `${name}: ${first}`;
  for (const piece of pieces) {
    if (line.length + piece.length > PREFERRED_LINE) {
      lines.push(line);
      line = piece;
    } else {
      line += piece;
    }
  }
  return `${[...lines, line].join('\r\n')}\r\n`;
}
