import { MailwardenError, type ReviewerHandle } from '@mailwarden/core';
import { UsageError } from './usage-error.ts';

const FULL_LENGTH = 36;
/** What `pending` shows on a terminal: the random end, since the start of a uuidv7 is its time. */
export const SHORT_LENGTH = 8;

/**
 * The id of a waiting message from its last characters, as `pending` shows them; a whole id is
 * taken as it is. Throws `MESSAGE_NOT_FOUND`, and {@link UsageError} when several fit.
 */
export async function resolveMessageId(reviewer: ReviewerHandle, text: string): Promise<string> {
  const end = text.replace(/^…/u, '').toLowerCase();
  if (end.length >= FULL_LENGTH) return end;
  if (end.length < SHORT_LENGTH) {
    throw new UsageError(`Give the whole id, or at least its last ${SHORT_LENGTH} characters.`);
  }
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await reviewer.listPending(cursor === undefined ? { limit: 100 } : { cursor });
    found.push(...page.messages.map(({ id }) => id).filter((id) => id.endsWith(end)));
    cursor = page.cursor;
  } while (cursor !== undefined);
  const [only, another] = found;
  if (only === undefined) throw new MailwardenError('MESSAGE_NOT_FOUND');
  if (another !== undefined) throw new UsageError(`Several ids end so: ${found.join(', ')}.`);
  return only;
}
