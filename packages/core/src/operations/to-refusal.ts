import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Refusal } from './outcome.ts';

/**
 * An error as an outcome: a fault of ours, or what may work later, is `unavailable`; what this
 * principal may never do is `blocked`, everything else `invalid`. What is no {@link MailwardenError} is thrown on.
 */
export function toRefusal(error: unknown): Refusal {
  if (!(error instanceof MailwardenError)) throw error;
  const { code, message, info } = error;
  if (info.retryable || info.httpStatus >= 500) {
    return { status: 'unavailable', code, reason: message };
  }
  return { status: info.httpStatus === 403 ? 'blocked' : 'invalid', code, reason: message };
}
