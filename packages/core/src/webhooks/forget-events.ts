import type { Context } from '../context.ts';
import { WEBHOOK_PROVIDERS } from './webhook-options.ts';

/** Longer than any provider repeats, and than a signed time is believed, ms. */
const REMEMBERED = 3 * 86_400_000;
/** Rows of one unit, and units of one pass; the rest has time until the next. */
const ROWS = 500;
const UNITS = 40;

/** Forgets ids of events that nobody repeats any more; returns how many. */
export async function forgetEvents(
  ctx: Pick<Context, 'tenant' | 'storage' | 'now'>,
  isCut: () => boolean = () => false,
): Promise<number> {
  let total = 0;
  for (let unit = 0; unit < UNITS && !isCut(); unit += 1) {
    // Looking first keeps an idle process from taking the lock.
    const rows = await ctx.storage.db
      .selectFrom('webhook_event')
      .select('event_id')
      .where('tenant', '=', ctx.tenant)
      .where('received_at', '<', ctx.now() - REMEMBERED)
      .orderBy('received_at')
      .limit(ROWS)
      .execute();
    if (rows.length === 0) break;
    const ids = rows.map((row) => row.event_id);
    await ctx.storage.unit((tx) =>
      tx
        .deleteFrom('webhook_event')
        .where('tenant', '=', ctx.tenant)
        .where('provider', 'in', WEBHOOK_PROVIDERS)
        .where('event_id', 'in', ids)
        .execute(),
    );
    total += rows.length;
    if (rows.length < ROWS) break;
  }
  return total;
}
