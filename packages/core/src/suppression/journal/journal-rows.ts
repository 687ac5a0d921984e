import { sql } from 'kysely';
import type { Context } from '../../context.ts';
import type { Suppression } from '../../storage/tables/people.ts';
import type { Refusal } from '../../storage/tables/refusal.ts';
import type { JournalEntry, RefusalEntry, SuppressionEntry } from './journal-entry.ts';

type RowsContext = Pick<Context, 'tenant' | 'storage' | 'keys'>;

/** One table whose rows the journal is told of. */
export interface JournalRows {
  /** Some that the journal has not, oldest first. */
  select(ctx: RowsContext, limit: number): Promise<readonly JournalEntry[]>;
  /** The journal has them. */
  mark(ctx: RowsContext, ids: readonly string[]): Promise<void>;
}

const suppressions: JournalRows = {
  async select(ctx, limit) {
    const rows = await ctx.storage.db
      .selectFrom('suppression')
      .selectAll()
      .where('tenant', '=', ctx.tenant)
      // A partial index is found only by a value that stands in the query's own text.
      .where('journaled', '=', sql.lit(0))
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => toSuppressionEntry(ctx, row));
  },
  async mark(ctx, ids) {
    await ctx.storage.unit((tx) =>
      tx
        .updateTable('suppression')
        .set({ journaled: 1 })
        .where('tenant', '=', ctx.tenant)
        .where('id', 'in', ids)
        .execute(),
    );
  },
};

const refusals: JournalRows = {
  async select(ctx, limit) {
    const rows = await ctx.storage.db
      .selectFrom('refusal')
      .selectAll()
      .where('tenant', '=', ctx.tenant)
      .where('journaled', '=', sql.lit(0))
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => toRefusalEntry(ctx, row));
  },
  async mark(ctx, ids) {
    await ctx.storage.unit((tx) =>
      tx
        .updateTable('refusal')
        .set({ journaled: 1 })
        .where('tenant', '=', ctx.tenant)
        .where('id', 'in', ids)
        .execute(),
    );
  },
};

/** Everything that the journal keeps. */
export const JOURNALED: readonly JournalRows[] = [suppressions, refusals];

function toSuppressionEntry(ctx: RowsContext, row: Suppression): SuppressionEntry {
  return {
    tenant: ctx.tenant,
    id: row.id,
    match: row.match,
    hmac: row.hmac,
    keyId: row.key_id,
    fingerprint: fingerprintOf(ctx, row.key_id),
    canonicalisation: row.canonicalisation,
    scope: row.scope,
    senderId: row.sender_id,
    reason: row.reason,
    createdAt: Number(row.created_at),
  };
}

function toRefusalEntry(ctx: RowsContext, row: Refusal): RefusalEntry {
  const { max_count: count, max_days: days, paused_until: until } = row;
  return {
    tenant: ctx.tenant,
    id: row.id,
    kind: row.kind,
    hmac: row.canonical,
    keyId: row.key_id,
    fingerprint: fingerprintOf(ctx, row.key_id),
    canonicalisation: row.canonicalisation,
    senderId: row.sender_id,
    purpose: row.purpose,
    topics: JSON.parse(row.topics) as string[],
    ...(until === null ? {} : { pausedUntil: Number(until) }),
    ...(count === null || days === null ? {} : { maximum: { count, days } }),
    createdAt: Number(row.refused_at),
  };
}

function fingerprintOf({ keys }: RowsContext, id: string): string {
  return keys.fingerprints.find(({ keyId }) => keyId === id)?.fingerprint ?? '';
}
