import type { Context } from '../../context.ts';
import type { GroupItem } from '../../operations/review-results.ts';
import type { Message } from '../../storage/tables/message.ts';
import type { ReviewViewRow } from '../../storage/tables/review.ts';
import { recordOutcomes } from '../feedback/record-outcomes.ts';

/** What a group was held for, by its first member; read before anything is decided. */
export type AskedMessage = Pick<Message, 'decision' | 'mailbox' | 'category'>;

export function findAsked(ctx: Context, view: ReviewViewRow): Promise<AskedMessage | undefined> {
  return ctx.storage.db
    .selectFrom('review_member')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'review_member.tenant')
        .onRef('message.id', '=', 'review_member.message_id'),
    )
    .select(['message.decision', 'message.mailbox', 'message.category'])
    .where('review_member.tenant', '=', ctx.tenant)
    .where('review_member.view_id', '=', view.id)
    .orderBy('review_member.message_id')
    .limit(1)
    .executeTakeFirst();
}

/**
 * A decision on a group is one decision of a person about its rules, however many messages it
 * covers; repeating the call counts nothing twice.
 */
export async function recordGroupOutcome(
  ctx: Context,
  view: ReviewViewRow,
  message: AskedMessage,
  items: readonly GroupItem[],
): Promise<void> {
  const ended = items.find(({ state }) => state === 'queued' || state === 'rejected');
  if (ended === undefined) return;
  const outcome = ended.state === 'queued' ? 'approved' : 'rejected';
  await ctx.storage.unit((tx) => recordOutcomes(tx, ctx, { message, subject: view.id, outcome }));
}
