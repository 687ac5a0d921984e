/** The block begins with whom it is from, at most so many lines above the date. */
const MAX_SENDER = 3;
const MAX_TO_LABEL = 6;
const MAX_TO_SUBJECT = 9;

const DATE =
  /^\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? {1,3}(?:um |at |à )?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?$/iu;
const TO = /^(?:to|an|à|para|aan|do|till|til|a|кому)$/iu;
const SUBJECT =
  /^(?:subject|betreff|thema|objet|asunto|oggetto|assunto|onderwerp|temat|ämne|emne|тема)$/iu;

/**
 * Index of the line below the block that Lotus Notes puts above what it quotes, in the text of a
 * table: a sender, a line with date and time alone, then "To" and "Subject" alone, each above its
 * value. Undefined where none begins.
 */
export function findNotesHeader(lines: readonly string[], at: number): number | undefined {
  const date = findLine(lines, at + 1, MAX_SENDER, DATE);
  if (date === undefined || lines.slice(at, date).some((line) => line.trim() === '')) {
    return undefined;
  }
  const to = findLine(lines, date + 1, MAX_TO_LABEL, TO);
  if (to === undefined) return undefined;
  const subject = findLine(lines, to + 1, MAX_TO_SUBJECT, SUBJECT);
  return subject === undefined ? undefined : Math.min(subject + 2, lines.length);
}

function findLine(
  lines: readonly string[],
  from: number,
  count: number,
  pattern: RegExp,
): number | undefined {
  for (let index = from; index < Math.min(from + count, lines.length); index++) {
    const line = (lines[index] ?? '').slice(0, 100).trim();
    if (pattern.test(line)) return index;
  }
  return undefined;
}
