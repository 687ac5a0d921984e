import { ERROR_CODES } from '../errors/error-codes.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Refusal } from '../operations/outcome.ts';

/**
 * Whatever was thrown, as an outcome that a model may read. Only the caller's own mistakes keep
 * their detail; of everything else the model gets the code's fixed sentences, and of an error
 * that is not ours nothing at all.
 */
export function toRefusal(error: unknown): Refusal {
  const code = error instanceof MailwardenError ? error.code : 'INTERNAL';
  const { httpStatus, message, hint } = ERROR_CODES[code];
  if (httpStatus >= 500) return { status: 'unavailable', code, reason: `${message} ${hint}` };
  const reason = error instanceof MailwardenError ? error.message : message;
  return { status: httpStatus === 403 ? 'blocked' : 'invalid', code, reason };
}
