import { MailwardenError, type ReviewerHandle } from '@mailwarden/core';
import { UsageError } from './usage-error.ts';

const END = 6;
const SHORT = /^([0-9a-f]{6})-([0-9a-f]{6})$/;

/** What `groups` shows on a terminal: start and end, since groups may share either. */
export function toShortGroup(id: string): string {
  return `${id.slice(0, END)}-${id.slice(-END)}`;
}

/**
 * The id of a waiting group from its start and end; a whole id is taken as it is. Throws
 * `GROUP_NOT_FOUND`, and {@link UsageError} when several fit.
 */
export async function resolveGroupId(reviewer: ReviewerHandle, text: string): Promise<string> {
  const [, start, end] = SHORT.exec(text.toLowerCase()) ?? [];
  if (start === undefined || end === undefined) {
    if (/^[0-9a-f]{40,}$/i.test(text)) return text.toLowerCase();
    throw new UsageError('Give the id of the group as groups shows it.');
  }
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await reviewer.listGroups(cursor === undefined ? { limit: 100 } : { cursor });
    found.push(
      ...page.groups.map(({ id }) => id).filter((id) => id.startsWith(start) && id.endsWith(end)),
    );
    cursor = page.cursor;
  } while (cursor !== undefined);
  const [only, another] = found;
  if (only === undefined) throw new MailwardenError('GROUP_NOT_FOUND');
  if (another !== undefined) throw new UsageError(`Several ids fit: ${found.join(', ')}.`);
  return only;
}
