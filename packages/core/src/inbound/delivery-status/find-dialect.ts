import type { HeaderField } from '../authentication.ts';
import type { Dialect } from './dialect.ts';
import { DIALECTS } from './dialects/dialects.ts';

const MAX_TEXT = 6_000;

/** The dialects that a report's header and words give away, the surest first. */
export function findDialects(
  fields: readonly HeaderField[],
  lines: readonly string[],
): readonly Dialect[] {
  const text = lines.slice(0, 300).join('\n').slice(0, MAX_TEXT);
  return DIALECTS.filter((dialect) => fits(dialect, fields, text));
}

function fits({ signs, start }: Dialect, fields: readonly HeaderField[], text: string): boolean {
  if (signs.text?.test(text) === true) return true;
  const byField = fields.some(
    ({ key, value }) =>
      (key === 'subject' && signs.subject?.test(value.slice(0, 998)) === true) ||
      (key === 'from' && signs.from?.test(value.slice(0, 998)) === true) ||
      signs.fields?.some(
        ([name, pattern]) => name === key && pattern.test(value.slice(0, 2_000)),
      ) === true,
  );
  // A header field alone may have been added on the way.
  return byField && (start === undefined || text.split('\n').some((line) => start.test(line)));
}
