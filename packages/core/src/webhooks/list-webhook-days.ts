import type { Context } from '../context.ts';
import type { WebhookProvider } from './webhook-options.ts';

/** Events that one provider posted on one day (UTC), each recipient counted. */
export interface WebhookDay {
  readonly provider: WebhookProvider;
  /** When the day began, epoch ms. */
  readonly day: number;
  /** About mail of ours. */
  readonly done: number;
  /** Posted before. */
  readonly repeated: number;
  /** About mail that is not ours: changed nothing. */
  readonly foreign: number;
  /** Epoch ms. */
  readonly lastAt: number;
}

/** The figures of the last 31 days, newest first: whether a provider's events arrive, and are ours. */
export async function listWebhookDays(
  ctx: Pick<Context, 'tenant' | 'storage' | 'now'>,
): Promise<readonly WebhookDay[]> {
  const rows = await ctx.storage.db
    .selectFrom('webhook_count')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('day', '>', ctx.now() - 31 * 86_400_000)
    .orderBy('day', 'desc')
    .orderBy('provider')
    .execute();
  return rows.map(({ provider, day, done, repeated, foreign_events, last_at }) => ({
    ...{ provider, day: Number(day), done, repeated },
    ...{ foreign: foreign_events, lastAt: Number(last_at) },
  }));
}
