import type { Context } from '../../context.ts';
import { type ChainStart, JournalChain } from './journal-chain.ts';
import { JOURNALED } from './journal-rows.ts';
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
  for (const rows of JOURNALED) {
    for (;;) {
      const entries = await rows.select(ctx, PAGE);
      if (entries.length === 0) break;
      await chain.append(entries);
      await rows.mark(
        ctx,
        entries.map(({ id }) => id),
      );
    }
  }
  chain.settle();
}
