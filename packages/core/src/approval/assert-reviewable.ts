import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import type { Message } from '../storage/tables/message.ts';

/**
 * Throws `MESSAGE_NOT_FOUND` for what is not there, and, in the same words, for what stands in a
 * mailbox that this reviewer does not see.
 */
export function assertReviewable<T extends Pick<Message, 'mailbox'>>(
  { mailboxes }: Pick<ReviewerPrincipal, 'mailboxes'>,
  row: T | undefined,
  id: string,
): asserts row is T {
  if (row !== undefined && (mailboxes?.some((address) => address === row.mailbox) ?? true)) return;
  throw new MailwardenError('MESSAGE_NOT_FOUND', { fields: { messageId: id.slice(0, 80) } });
}
