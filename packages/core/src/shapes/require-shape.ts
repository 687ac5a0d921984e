import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { AnyShape, OptionIssue, Shape } from './shape.ts';

/** How many problems one message names. */
const MOST = 5;

/** Everything that is wrong with a value; empty when it fits. */
export function findIssues(shape: AnyShape, value: unknown): readonly OptionIssue[] {
  const issues: OptionIssue[] = [];
  shape.check(value, [], (issue) => issues.push(issue));
  return issues;
}

/** Throws `OPTION_UNKNOWN` or `OPTION_INVALID` when options do not fit; names all that is wrong. */
export function requireShape<T>(shape: Shape<T>, value: T, what: string): void {
  throwIssues(findIssues(shape, value), what);
}

/** Throws what the list says, if it says anything. */
export function throwIssues(issues: readonly OptionIssue[], what: string): void {
  const [first] = issues;
  if (first === undefined) return;
  const unknown = issues.flatMap((issue) => issue.unknown ?? []);
  const more = issues.length > MOST ? [`${issues.length - MOST} more.`] : [];
  const sentences = [...issues.slice(0, MOST).map(({ message }) => message), ...more];
  throw new MailwardenError(first.code, {
    detail: `${what}: ${sentences.join(' ')}`,
    ...(unknown.length === 0 ? {} : { fields: { unknown } }),
  });
}
