import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';

/** The senders that a wish is about: the one that is named, else each that a mailbox has. */
export function toSenders(
  { mailboxes }: Pick<Context, 'mailboxes'>,
  senderId: string | undefined,
): readonly string[] {
  const known = new Set([...mailboxes.values()].map(({ sender }) => sender?.id ?? ''));
  if (senderId === undefined) return [...known];
  if (known.has(senderId)) return [senderId];
  // Held against a sender that does not exist, a wish would stop nothing.
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `senderId has to be one of ${[...known].filter(Boolean).join(', ')}.`,
    fields: { argument: 'senderId' },
  });
}
