import type { Context } from '../context.ts';

/** A row that says nothing is kept for a while: mail to the same domain often comes back, ms. */
const KEPT = 3_600_000;
/** Rows of one unit. */
const BATCH = 500;

/** Forgets limits that are full again, and mail servers that were found too long ago. */
export async function sweepThrottles(ctx: Context): Promise<void> {
  const before = ctx.now() - KEPT;
  const idle = await ctx.storage.db
    .selectFrom('throttle')
    .select('bucket')
    .where('tenant', '=', ctx.tenant)
    .where('idle_at', '<', before)
    .orderBy('idle_at')
    .limit(BATCH)
    .execute();
  const expired = await ctx.storage.db
    .selectFrom('mail_route')
    .select('domain')
    .where('tenant', '=', ctx.tenant)
    .where('expires_at', '<', before)
    .orderBy('expires_at')
    .limit(BATCH)
    .execute();
  if (idle.length + expired.length === 0) return;
  const buckets = idle.map(({ bucket }) => bucket).sort();
  const domains = expired.map(({ domain }) => domain).sort();
  await ctx.storage.unit(async (tx) => {
    if (buckets.length > 0) {
      await tx
        .deleteFrom('throttle')
        .where('tenant', '=', ctx.tenant)
        .where('bucket', 'in', buckets)
        .where('idle_at', '<', before)
        .execute();
    }
    if (domains.length > 0) {
      await tx
        .deleteFrom('mail_route')
        .where('tenant', '=', ctx.tenant)
        .where('domain', 'in', domains)
        .where('expires_at', '<', before)
        .execute();
    }
  });
}
