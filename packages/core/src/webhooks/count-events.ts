import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { WebhookProvider } from './webhook-options.ts';

/** What became of the events of a POST. */
export interface EventCounts {
  readonly done: number;
  readonly repeated: number;
  /** About mail that is not ours, or to somebody whom we did not write to. */
  readonly foreign: number;
}

const DAY = 86_400_000;

/** Adds to the figures of the day. */
export async function countEvents(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  provider: WebhookProvider,
  counts: EventCounts,
): Promise<void> {
  const at = ctx.now();
  const { done, repeated, foreign } = counts;
  const day = Math.floor(at / DAY) * DAY;
  await tx
    .insertInto('webhook_count')
    .values({
      tenant: ctx.tenant,
      provider,
      day,
      done,
      repeated,
      foreign_events: foreign,
      last_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'provider', 'day']).doUpdateSet({
        done: sql<number>`${sql.ref('webhook_count.done')} + ${done}`,
        repeated: sql<number>`${sql.ref('webhook_count.repeated')} + ${repeated}`,
        foreign_events: sql<number>`${sql.ref('webhook_count.foreign_events')} + ${foreign}`,
        last_at: at,
      }),
    )
    .execute();
}
