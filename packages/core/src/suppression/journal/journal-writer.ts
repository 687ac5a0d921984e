import { sql } from 'kysely';
import type { Context } from '../../context.ts';
import type { Suppression } from '../../storage/tables/people.ts';
import { type ChainStart, JournalChain } from './journal-chain.ts';
import type { JournalEntry } from './journal-lines.ts';
import type { SuppressionJournal } from './suppression-journal.ts';

/** Writes what the database has and the journal has not. */
export interface JournalWriter {
  /**
   * Resolves when everything that was committed before the call is in the journal. Throws
   * `JOURNAL_UNAVAILABLE`; what was not written is written by the next call.
   */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Rows of one append, and so of one fsync. */
const PAGE = 1_000;

type WriterContext = Pick<Context, 'tenant' | 'storage' | 'keys'>;

/**
 * Makes a writer behind what was read. Calls share appends: one that comes while an append is under
 * way waits for the next, which takes everybody's rows.
 */
export function createJournalWriter(
  ctx: WriterContext,
  journal: SuppressionJournal,
  end: ChainStart,
): JournalWriter {
  const chain = new JournalChain(journal, end);
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function start(): Promise<void> {
    const started = drain(ctx, chain).finally(() => {
      running = undefined;
    });
    running = started;
    return started;
  }

  return {
    flush() {
      if (running === undefined) return start();
      next ??= running
        .catch(() => {})
        .then(() => {
          next = undefined;
          return start();
        });
      return next;
    },
    async close() {
      await next?.catch(() => {});
      await running?.catch(() => {});
      await journal.close?.();
    },
  };
}

async function drain(ctx: WriterContext, chain: JournalChain): Promise<void> {
  for (;;) {
    const rows = await selectWaiting(ctx);
    if (rows.length === 0) break;
    await chain.append(rows.map((row) => toEntry(ctx, row)));
    await markWritten(
      ctx,
      rows.map((row) => row.id),
    );
  }
  chain.settle();
}

function selectWaiting(ctx: WriterContext): Promise<Suppression[]> {
  return (
    ctx.storage.db
      .selectFrom('suppression')
      .selectAll()
      .where('tenant', '=', ctx.tenant)
      // A partial index is found only by a value that stands in the query's own text.
      .where('journaled', '=', sql.lit(0))
      .orderBy('id')
      .limit(PAGE)
      .execute()
  );
}

async function markWritten(ctx: WriterContext, ids: readonly string[]): Promise<void> {
  await ctx.storage.unit((tx) =>
    tx
      .updateTable('suppression')
      .set({ journaled: 1 })
      .where('tenant', '=', ctx.tenant)
      .where('id', 'in', ids)
      .execute(),
  );
}

function toEntry(ctx: WriterContext, row: Suppression): JournalEntry {
  const key = ctx.keys.fingerprints.find(({ keyId }) => keyId === row.key_id);
  return {
    tenant: ctx.tenant,
    id: row.id,
    match: row.match,
    hmac: row.hmac,
    keyId: row.key_id,
    fingerprint: key?.fingerprint ?? '',
    canonicalisation: row.canonicalisation,
    scope: row.scope,
    senderId: row.sender_id,
    reason: row.reason,
    createdAt: Number(row.created_at),
  };
}
