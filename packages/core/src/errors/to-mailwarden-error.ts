import { MailwardenError } from './mailwarden-error.ts';

/** Whatever was thrown, with a code: what is not ours is `INTERNAL`, with the original as cause. */
export function toMailwardenError(error: unknown): MailwardenError {
  return error instanceof MailwardenError
    ? error
    : new MailwardenError('INTERNAL', { cause: error });
}
