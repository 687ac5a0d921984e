import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { oweErasures } from '../../rights/owe-erasures.ts';
import type { Tx } from '../../storage/database.ts';
import { insertSuppressions } from '../insert-suppressions.ts';
import { collectRefusals } from './collect-refusals.ts';
import { isRefusal, type JournalEntry, type SuppressionEntry } from './journal-entry.ts';
import { JOURNAL_KEY } from './journal-key.ts';
import { GENESIS, type JournalEnd, readLines } from './journal-lines.ts';
import { createJournalWriter, type JournalWriter } from './journal-writer.ts';
import { replayRefusals } from './replay-refusals.ts';
import { pauseForRestore } from './restore-pause.ts';
import type { SuppressionJournal } from './suppression-journal.ts';

type JournalContext = Pick<Context, 'tenant' | 'storage' | 'keys' | 'now'>;

/** Up to where the database is known to contain the journal. */
interface Position {
  readonly lines: number;
  readonly hash: string;
}

/** Entries of one unit of work. */
const BATCH = 500;

/**
 * Replays the journal into the database, and the other way round, at start. A database that lacked
 * an entry was restored: every mailbox is paused then. Replaying again changes nothing, and never
 * lifts anything. Throws `JOURNAL_DAMAGED`, `JOURNAL_UNAVAILABLE`, `KEY_MISMATCH`.
 */
export async function openJournal(
  ctx: JournalContext,
  journal: SuppressionJournal,
): Promise<JournalWriter> {
  const position = await readPosition(ctx);
  const { end, missing } = await replay(ctx, journal, position);
  const lost = end.lines === 0 && position !== undefined && (await hasWritten(ctx, position));
  await ctx.storage.unit(async (tx) => {
    if (missing > 0) await pauseForRestore(tx, ctx, 'behind_journal', missing);
    if (lost) await pauseForRestore(tx, ctx, 'journal_lost', 0);
    // A new journal is given everything that the database knows.
    const isNew = position === undefined || lost;
    if (isNew) await markAllWaiting(tx, ctx, lost);
    await collectRefusals(tx, ctx, { isNew });
    await storePosition(tx, ctx, end);
  });
  const writer = createJournalWriter(ctx, journal, end);
  await writer.flush();
  return writer;
}

async function replay(
  ctx: JournalContext,
  journal: SuppressionJournal,
  position: Position | undefined,
): Promise<{ readonly end: JournalEnd; readonly missing: number }> {
  const known = position ?? { lines: 0, hash: GENESIS };
  const lines = readLines(journal.read());
  let missing = 0;
  let batch: JournalEntry[] = [];
  const store = async (): Promise<void> => {
    const entries = batch;
    batch = [];
    if (entries.length > 0) missing += await storeEntries(ctx, entries);
  };
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) {
      await store();
      assertContinues(known, value);
      return { end: value, missing };
    }
    if (value.number === known.lines && value.hash !== known.hash) throw otherJournal();
    if (value.number <= known.lines || value.entry?.tenant !== ctx.tenant) continue;
    assertKey(ctx, value.entry);
    batch.push(value.entry);
    if (batch.length >= BATCH) await store();
  }
}

/** A journal that is gone is begun anew; one that is shorter than before was cut. */
function assertContinues(known: Position, end: JournalEnd): void {
  if (end.lines > 0 && end.lines < known.lines) throw otherJournal();
}

async function storeEntries(
  ctx: JournalContext,
  entries: readonly JournalEntry[],
): Promise<number> {
  return await ctx.storage.unit(async (tx) => {
    // A lifted row has its id still, so an entry never suppresses again what a reviewer lifted.
    const suppressions = entries.filter((entry): entry is SuppressionEntry => !isRefusal(entry));
    const inserted = await insertSuppressions(
      tx,
      ctx,
      suppressions.map((entry) => ({ ...entry, source: 'journal', journaled: true })),
    );
    const owed = await oweErasures(tx, ctx, suppressions);
    const refused = await replayRefusals(tx, ctx, entries.filter(isRefusal));
    return new Set([...inserted, ...owed, ...refused]).size;
  });
}

/** Under a key that is not here an entry would be found by nobody. */
function assertKey(ctx: JournalContext, { keyId, fingerprint }: JournalEntry): void {
  const key = ctx.keys.fingerprints.find((each) => each.keyId === keyId);
  if (key !== undefined && (fingerprint === '' || key.fingerprint === fingerprint)) return;
  throw new MailwardenError('KEY_MISMATCH', {
    detail: `The suppression journal was written with key ${keyId}.`,
    fields: { [key === undefined ? 'missing' : 'changed']: [keyId] },
  });
}

function otherJournal(): MailwardenError {
  return new MailwardenError('JOURNAL_DAMAGED', {
    detail: 'It lacks lines that this database has seen, or is the journal of another one.',
  });
}

async function readPosition(ctx: JournalContext): Promise<Position | undefined> {
  const row = await ctx.storage.db
    .selectFrom('meta')
    .select('value')
    .where('tenant', '=', ctx.tenant)
    .where('key', '=', JOURNAL_KEY)
    .executeTakeFirst();
  return row === undefined ? undefined : (JSON.parse(row.value) as Position);
}

async function storePosition(tx: Tx, ctx: JournalContext, end: JournalEnd): Promise<void> {
  const value = JSON.stringify({ lines: end.lines, hash: end.hash } satisfies Position);
  await tx
    .insertInto('meta')
    .values({ tenant: ctx.tenant, key: JOURNAL_KEY, value })
    .onConflict((conflict) => conflict.columns(['tenant', 'key']).doUpdateSet({ value }))
    .execute();
}

/** Whether there was a journal with something in it. */
async function hasWritten(ctx: JournalContext, position: Position): Promise<boolean> {
  if (position.lines > 0) return true;
  const refusal = await ctx.storage.db
    .selectFrom('refusal')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('journaled', '=', 1)
    .limit(1)
    .executeTakeFirst();
  if (refusal !== undefined) return true;
  const row = await ctx.storage.db
    .selectFrom('suppression')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('journaled', '=', 1)
    .where('lifted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function markAllWaiting(tx: Tx, ctx: JournalContext, lost: boolean): Promise<void> {
  const all = tx
    .updateTable('suppression')
    .set({ journaled: 0 })
    .where('tenant', '=', ctx.tenant)
    .where('lifted_at', 'is', null);
  // What was just replayed is there already.
  await (lost ? all : all.where('source', '!=', 'journal')).execute();
}
