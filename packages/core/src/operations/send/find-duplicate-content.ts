import { sql } from 'kysely';
import type { Context } from '../../context.ts';
import { selectDeliveries } from '../../dispatch/lock-envelopes.ts';
import { recipientsOf } from '../../messages/recipients-of.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import type { SendResult } from '../outcome.ts';
import type { Submission } from './submit-message.ts';
import { toDuplicates } from './to-duplicates.ts';

/** The same content to the same person within this time is a duplicate, ms. */
export const DUPLICATE_WINDOW = 600_000;

/**
 * Agents that repeat themselves without a key: the last ten minutes are looked through, in one
 * look-up for any number of submissions from one mailbox to different people.
 */
export async function findDuplicateContent(
  tx: Tx,
  ctx: Context,
  submissions: readonly Submission[],
): Promise<ReadonlyMap<Submission, SendResult>> {
  if (submissions.length === 0) return new Map();
  const found = await findRecent(tx, ctx, submissions);
  const earlier = new Map<Submission, Delivery>();
  for (const submission of found.length === 0 ? [] : submissions) {
    const canonicals = new Set(canonicalsOf(ctx, submission));
    const first = found.find(
      (row) =>
        row.content_fingerprint === submission.fingerprint &&
        canonicals.has(row.recipient_canonical),
    );
    if (first !== undefined) earlier.set(submission, first);
  }
  return toDuplicates(tx, ctx, earlier);
}

/**
 * The oldest of each person and content, oldest first. One look-up per pair: a list of pairs SQLite
 * would take apart, and PostgreSQL, while it knows nothing of a new table, compare with every row.
 */
async function findRecent(
  tx: Tx,
  ctx: Context,
  submissions: readonly Submission[],
): Promise<readonly Delivery[]> {
  const pairs = submissions.flatMap((submission) =>
    canonicalsOf(ctx, submission).map(
      (canonical) => sql`(${canonical}, ${submission.fingerprint})`,
    ),
  );
  const asked = sql<{ column1: string; column2: string }>`(values ${sql.join(pairs)})`;
  const rows = await tx
    .selectFrom(asked.as('asked'))
    .select((eb) =>
      eb
        .selectFrom('delivery')
        .select('id')
        .where('tenant', '=', ctx.tenant)
        .where('mailbox', '=', submissions[0]?.content.mailbox ?? '')
        .whereRef('recipient_canonical', '=', 'asked.column1')
        .whereRef('content_fingerprint', '=', 'asked.column2')
        .where('created_at', '>', ctx.now() - DUPLICATE_WINDOW)
        .where('state', 'in', UNENDED)
        .orderBy('created_at')
        .orderBy('id')
        .limit(1)
        .as('id'),
    )
    .execute();
  const ids = rows.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return [];
  const found = selectDeliveries(tx, ctx).where('id', 'in', ids);
  return found.orderBy('created_at').orderBy('id').execute();
}

/** What went out or may go out: the same once more would be a second one. */
const UNENDED = ['held', 'queued', 'claimed', 'sending', 'deferred', 'sent', 'unknown'] as const;

function canonicalsOf(ctx: Context, { content }: Submission): readonly string[] {
  return recipientsOf(content).flatMap((address) => ctx.keys.identify(address).allCanonical);
}
