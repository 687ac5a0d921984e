import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';

/** Looks that one sweep drops; each has up to 5,000 members. */
const BATCH = 5;

/** Forgets looks that no longer count. What was decided with them stays in approvals and events. */
export async function dropViews(tx: Tx, ctx: Pick<Context, 'tenant' | 'now'>): Promise<void> {
  const rows = await tx
    .selectFrom('review_view')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('expires_at', '<=', ctx.now())
    .orderBy('expires_at')
    .limit(BATCH)
    .execute();
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await tx
    .deleteFrom('review_member')
    .where('tenant', '=', ctx.tenant)
    .where('view_id', 'in', ids)
    .execute();
  await tx
    .deleteFrom('review_view')
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', ids)
    .execute();
}
