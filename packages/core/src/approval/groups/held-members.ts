import { sql } from 'kysely';
import type { Context } from '../../context.ts';
import { listMailboxes } from '../../operations/resolve-mailbox.ts';
import type { ReviewerPrincipal } from '../../principal/principal.ts';
import type { Db } from '../../storage/database.ts';

/**
 * Held deliveries that belong to a group, in the mailboxes that this reviewer sees: the partial
 * index, whose condition has to stand in the query as a literal.
 */
export function selectHeld(db: Db, ctx: Context, reviewer: ReviewerPrincipal) {
  const addresses = listMailboxes(ctx, reviewer).map(({ address }) => address);
  return db
    .selectFrom('delivery')
    .where('delivery.tenant', '=', ctx.tenant)
    .where('delivery.mailbox', 'in', addresses)
    .where(sql<boolean>`${sql.ref('delivery.state')} = 'held'`)
    .where('delivery.review_group', 'is not', null);
}

/** Ids of the group's messages after one of them, oldest first. */
export async function listMembers(
  db: Db,
  ctx: Context,
  held: {
    readonly reviewer: ReviewerPrincipal;
    readonly group: string;
    readonly after: string;
    readonly limit: number;
  },
): Promise<readonly string[]> {
  const rows = await selectHeld(db, ctx, held.reviewer)
    .select('delivery.message_id')
    .distinct()
    .where('delivery.review_group', '=', held.group)
    .where('delivery.message_id', '>', held.after)
    .orderBy('delivery.message_id')
    .limit(held.limit)
    .execute();
  return rows.map((row) => row.message_id);
}
