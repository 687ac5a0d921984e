import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Tx } from '../storage/database.ts';

const HOUR_MS = 3_600_000;

/** When the failures of a provider are more likely its fault than those of the addresses. */
export const STORM = {
  /** Times the provider's usual number of failures an hour. */
  factor: 5,
  /** What counts as usual at least: a first import has no history, and two bounces are no storm. */
  usualAtLeast: 2,
  /** Over which the usual number is found, ms. */
  history: 28 * 24 * HOUR_MS,
  /** How long what was suppressed in a storm can be lifted together, ms. */
  provisional: 7 * 24 * HOUR_MS,
} as const;

type FailureContext = Pick<Context, 'tenant' | 'now'>;

/**
 * Counts an address that was just suppressed as dead with its provider. When there were more than five times as many in an hour
 * as there usually are, a faulty server is more likely than as many dead mailboxes: what was
 * suppressed in that hour becomes provisional, so that a reviewer can lift all of it at once. It
 * stops mail as before.
 */
export async function noteAddressFailure(
  tx: Tx,
  ctx: FailureContext,
  provider: string,
  at: number,
): Promise<void> {
  await count(tx, ctx, provider, at);
  const { recent, usual } = await findRates(tx, ctx, provider, at);
  if (recent <= STORM.factor * usual) return;
  const now = ctx.now();
  const marked = await tx
    .updateTable('suppression')
    .set({ provisional_until: now + STORM.provisional })
    .where('tenant', '=', ctx.tenant)
    .where('provider', '=', provider)
    .where('created_at', '>', now - HOUR_MS)
    .where('lifted_at', 'is', null)
    .where('provisional_until', 'is', null)
    .returning('id')
    .execute();
  // The storm's first mark takes along what came before it; after that there is one at a time.
  if (marked.length <= 1) return;
  await appendEvents(tx, ctx.tenant, [
    {
      at: now,
      type: 'suppression.provisional',
      actor: 'system',
      data: { provider, failures: Math.round(recent), usual, suppressions: marked.length },
    },
  ]);
}

async function count(tx: Tx, ctx: FailureContext, provider: string, at: number): Promise<void> {
  await tx
    .deleteFrom('address_failure')
    .where('tenant', '=', ctx.tenant)
    .where('provider', '=', provider)
    .where('hour', '<=', hourOf(at) - STORM.history)
    .execute();
  await tx
    .insertInto('address_failure')
    .values({ tenant: ctx.tenant, provider, hour: hourOf(at), failures: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'provider', 'hour'])
        .doUpdateSet({ failures: sql<number>`${sql.ref('address_failure.failures')} + 1` }),
    )
    .execute();
}

/** Failures in the last hour, the part of the hour before weighed by how much of it is left in. */
async function findRates(
  tx: Tx,
  ctx: FailureContext,
  provider: string,
  at: number,
): Promise<{ readonly recent: number; readonly usual: number }> {
  const hour = hourOf(at);
  const rows = await tx
    .selectFrom('address_failure')
    .select(['hour', 'failures'])
    .where('tenant', '=', ctx.tenant)
    .where('provider', '=', provider)
    .where('hour', '>', hour - STORM.history)
    .where('hour', '<=', hour)
    .execute();
  const inHour = (start: number): number => rows.find((row) => row.hour === start)?.failures ?? 0;
  const left = 1 - (at - hour) / HOUR_MS;
  const before = rows.filter((row) => row.hour < hour - HOUR_MS);
  const total = before.reduce((sum, { failures }) => sum + failures, 0);
  return {
    recent: inHour(hour) + left * inHour(hour - HOUR_MS),
    usual: Math.max(STORM.usualAtLeast, total / (STORM.history / HOUR_MS)),
  };
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}
