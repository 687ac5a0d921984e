import { MailwardenError } from '../errors/mailwarden-error.ts';

/** Whether a fault may pass by itself: then nothing was decided, and the same is tried again (P2). */
export function isPassing(error: unknown): boolean {
  return error instanceof MailwardenError && error.info.retryable;
}
