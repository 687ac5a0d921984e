import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toText } from './parse-arguments.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** How many rows a page has: 20 unless told, 100 at most. Throws `ARGUMENT_INVALID`. */
export function toLimit(value: unknown): number {
  if (value === undefined || value === null || value === '') return DEFAULT_LIMIT;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) {
    return Math.min(value, MAX_LIMIT);
  }
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `limit has to be a whole number from 1 to ${MAX_LIMIT}.`,
    fields: { argument: 'limit' },
  });
}

/** The id at which the page before ended. Throws `ARGUMENT_INVALID` for a cursor made elsewhere. */
export function readCursor(ctx: Pick<Context, 'keys'>, value: unknown): string | undefined {
  const token = toText(value, 'cursor')?.trim();
  if (token === undefined) return undefined;
  const id = ctx.keys.readToken('cursor', token);
  if (id !== undefined) return id;
  throw staleCursor();
}

/** A cursor that leads nowhere. */
export function staleCursor(): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: 'cursor has to come from the page before; start again without one.',
    fields: { argument: 'cursor' },
  });
}
