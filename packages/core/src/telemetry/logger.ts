/** Facts of a line: ids, codes, counts and milliseconds; never an address, a subject or a text. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/**
 * Where lines for operators go; most loggers fit as they are, or with their two arguments swapped.
 * What a method throws is ignored.
 */
export interface Logger {
  /** Every claim and every decision. */
  debug(message: string, fields: LogFields): void;
  /** What became of each delivery, and what came in. */
  info(message: string, fields: LogFields): void;
  /** A delivery that failed, or whose end nobody knows. */
  warn(message: string, fields: LogFields): void;
  /** A fault in the background, as `onError` is told of it. */
  error(message: string, fields: LogFields): void;
}
