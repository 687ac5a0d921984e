import type { Context } from '../../context.ts';
import type { ReviewerPrincipal } from '../../principal/principal.ts';
import type { ReviewViewRow } from '../../storage/tables/review.ts';
import { selectHeld } from './held-members.ts';

/** Messages that are in the group now and were not shown: they came, or came back, later. */
export async function countJoined(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  view: Pick<ReviewViewRow, 'id' | 'review_group'>,
): Promise<number> {
  const row = await selectHeld(ctx.storage.db, ctx, reviewer)
    .select((eb) => eb.fn.count<number>('delivery.message_id').distinct().as('count'))
    .where('delivery.review_group', '=', view.review_group)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('review_member')
            .select('review_member.message_id')
            .whereRef('review_member.tenant', '=', 'delivery.tenant')
            .where('review_member.view_id', '=', view.id)
            .whereRef('review_member.message_id', '=', 'delivery.message_id'),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
