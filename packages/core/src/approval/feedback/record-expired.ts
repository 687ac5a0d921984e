import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import { recordOutcomes } from './record-outcomes.ts';

const DAY = 86_400_000;

/** Counts reviews that nobody made: a group, or a message without one, once a day. */
export async function recordExpired(
  tx: Tx,
  ctx: Context,
  expired: readonly Pick<Delivery, 'message_id' | 'review_group'>[],
): Promise<void> {
  const subjects = new Map(expired.map((row) => [row.review_group ?? row.message_id, row]));
  const day = Math.floor(ctx.now() / DAY);
  for (const [subject, row] of [...subjects].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const message = await tx
      .selectFrom('message')
      .select(['decision', 'mailbox', 'category'])
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', row.message_id)
      .executeTakeFirstOrThrow();
    await recordOutcomes(tx, ctx, { message, subject: `${subject} ${day}`, outcome: 'expired' });
  }
}
