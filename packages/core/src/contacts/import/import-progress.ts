import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { appendEvents } from '../../events/append-event.ts';
import type { Tx } from '../../storage/database.ts';

/** What became of the rows so far: `rows` is added, changed, unchanged and failed together. */
export interface ImportCounts {
  readonly rows: number;
  readonly added: number;
  /** A fact, an attribute or a tag is new. */
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Of those that were taken: a suppression stands against them, and goes on standing. */
  readonly suppressed: number;
  /** Consents that are new in the ledger. */
  readonly consents: number;
}

/** An import and the place where it stands. */
export interface RunningImport extends ImportCounts {
  readonly id: string;
  readonly digest: string;
}

/** Finds an import, or begins it. Throws `IMPORT_INVALID` when it was about another source. */
export async function openImport(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  id: string,
  source: string,
): Promise<RunningImport> {
  const at = ctx.now();
  const begun = await tx
    .insertInto('contact_import')
    .values({
      ...{ tenant: ctx.tenant, id, source, digest: '', read_rows: 0, added: 0, changed: 0 },
      ...{ unchanged: 0, failed: 0, suppressed: 0, consents: 0 },
      ...{ started_at: at, updated_at: at, finished_at: null },
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (begun !== undefined) {
    const data = { importId: id };
    const type = 'contacts.import_started';
    const details = { source };
    await appendEvents(tx, ctx.tenant, [{ at, type, actor: 'system', data, details }]);
  }
  const row = await tx
    .selectFrom('contact_import')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (row.source !== source) {
    throw new MailwardenError('IMPORT_INVALID', {
      detail: `Import ${id} is about ${JSON.stringify(row.source)}.`,
    });
  }
  const { digest, added, changed, unchanged, failed, suppressed, consents } = row;
  const counts = { added, changed, unchanged, failed, suppressed, consents };
  return { id, digest, rows: row.read_rows, ...counts };
}

/**
 * Writes the new place, if nobody else has gone on with the same import meanwhile. Throws
 * `IMPORT_INVALID` then, and the batch is rolled back.
 */
export async function saveImport(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  { id, rows, ...next }: RunningImport,
  before: number,
): Promise<void> {
  const { digest, added, changed, unchanged, failed, suppressed, consents } = next;
  const counts = { added, changed, unchanged, failed, suppressed, consents };
  const saved = await tx
    .updateTable('contact_import')
    .set({ digest, read_rows: rows, ...counts, updated_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id)
    .where('read_rows', '=', before)
    .returning('id')
    .executeTakeFirst();
  if (saved !== undefined) return;
  throw new MailwardenError('IMPORT_INVALID', { detail: `Import ${id} runs somewhere else, too.` });
}
