import { ERROR_CODES } from '../errors/error-codes.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Refusal } from '../operations/outcome.ts';

/** Whatever was thrown, as an outcome; of an error that is not ours nothing is told. */
export function toRefusal(error: unknown): Refusal {
  const known = error instanceof MailwardenError ? error : new MailwardenError('INTERNAL');
  return { status: toStatus(known), code: known.code, reason: known.message };
}

function toStatus({ code }: MailwardenError): Refusal['status'] {
  const { httpStatus, retryable } = ERROR_CODES[code];
  if (httpStatus >= 500 || retryable) return 'unavailable';
  return httpStatus === 403 ? 'blocked' : 'invalid';
}
