import type { Context } from '../../context.ts';
import type { Maximum } from '../../preferences/wish.ts';
import type { Tx } from '../../storage/database.ts';
import type { RefusalTable } from '../../storage/tables/refusal.ts';
import { hasJournal } from './has-journal.ts';

/** What somebody refused, as it is now. */
export interface NewRefusal {
  readonly id: string;
  readonly kind: RefusalTable['kind'];
  readonly canonical: string;
  readonly keyId: string;
  readonly canonicalisation: number;
  readonly senderId: string;
  readonly purpose: string;
  readonly topics: readonly string[];
  readonly pausedUntil?: number | undefined;
  readonly maximum?: Maximum | undefined;
  readonly refusedAt: number;
}

/**
 * Leaves a refusal for the next flush of the suppression journal; nothing where there is none. The
 * caller writes what the refusal does in the same transaction.
 */
export async function recordRefusal(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  refusal: NewRefusal,
): Promise<void> {
  if (!(await hasJournal(tx, ctx.tenant))) return;
  await tx
    .insertInto('refusal')
    .values(toRefusalRow(ctx, refusal, 0))
    .execute();
}

export function toRefusalRow(
  { tenant }: Pick<Context, 'tenant'>,
  refusal: NewRefusal,
  journaled: 0 | 1,
): RefusalTable {
  return {
    ...{ tenant, id: refusal.id, kind: refusal.kind, canonical: refusal.canonical },
    ...{ key_id: refusal.keyId, canonicalisation: refusal.canonicalisation },
    ...{ sender_id: refusal.senderId, purpose: refusal.purpose },
    topics: JSON.stringify(refusal.topics),
    paused_until: refusal.pausedUntil ?? null,
    max_count: refusal.maximum?.count ?? null,
    max_days: refusal.maximum?.days ?? null,
    refused_at: refusal.refusedAt,
    journaled,
  };
}
