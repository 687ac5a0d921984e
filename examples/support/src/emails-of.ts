import { type Row, rowsOf } from './rows-of.ts';

/** A message as `read_email` shows it to a model. */
export interface SeenEmail {
  /** Everything but the text: `id`, `thread_id`, `from`, … */
  readonly head: Row;
  readonly text: string;
}

/** The messages in what one or several calls of `read_email` answered. */
export function emailsOf(seen: string): readonly SeenEmail[] {
  return seen.split(/^\[end mail-data .*$/m).flatMap((part) => {
    const [head] = rowsOf(part);
    const text = part.slice(part.indexOf('\n\n')).trim();
    return head === undefined ? [] : [{ head, text }];
  });
}
