import type { Context } from '../context.ts';
import { carryOutErasure } from './carry-out-erasure.ts';
import { toPersonOf } from './person.ts';

/** How long whoever began an erasure is left to finish it, ms. */
const RESUME_AFTER = 600_000;

/**
 * Finishes erasures that a process did not live to finish, and those that only the suppression
 * journal remembered. Running twice does no harm. Returns how many it finished.
 */
export async function resumeErasures(ctx: Context, isCut: () => boolean): Promise<number> {
  const rows = await ctx.storage.db
    .selectFrom('erasure')
    .select(['id', 'canonical'])
    .where('tenant', '=', ctx.tenant)
    .where('finished_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('requested_at', '<=', ctx.now() - RESUME_AFTER),
        // Nobody else is at these.
        eb('reason', '=', 'journal'),
      ]),
    )
    .orderBy('requested_at')
    .limit(10)
    .execute();
  for (const row of rows) await carryOutErasure(ctx, row.id, toPersonOf(ctx, row.canonical), isCut);
  if (rows.length > 0) await ctx.storage.flushLog();
  return rows.length;
}
