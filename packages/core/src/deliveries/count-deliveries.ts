import type { Context } from '../context.ts';
import type { Accounting } from '../operations/results.ts';
import { type Bucket, toBucket } from './delivery-state.ts';

/** P5: every candidate in exactly one bucket, read in one statement. */
export async function countDeliveries(
  ctx: Context,
  filter: { readonly campaign?: string } = {},
): Promise<Accounting> {
  const { campaign } = filter;
  const rows = await ctx.storage.db
    .selectFrom('delivery')
    .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
    .where('tenant', '=', ctx.tenant)
    .$if(campaign !== undefined, (query) => query.where('campaign', '=', campaign ?? ''))
    .groupBy('state')
    .execute();
  const buckets: Record<Bucket, number> = {
    pending: 0,
    held: 0,
    deferred: 0,
    sent: 0,
    blocked: 0,
    failed: 0,
    unknown: 0,
    stopped: 0,
  };
  let candidates = 0;
  for (const { state, count } of rows) {
    buckets[toBucket(state)] += Number(count);
    candidates += Number(count);
  }
  return { candidates, ...buckets };
}
