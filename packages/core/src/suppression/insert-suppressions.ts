import { uuidv7 } from 'uuidv7';
import type { Tx } from '../storage/database.ts';
import type { SuppressionReason } from '../storage/tables/people.ts';
import { hasJournal } from './journal/has-journal.ts';
import type { SuppressionContext } from './suppression-context.ts';

/** A row before it has a place. */
export interface SuppressionRow {
  /** @default a new one */
  readonly id?: string;
  readonly match: 'exact' | 'canonical' | 'domain';
  readonly hmac: string;
  readonly keyId: string;
  readonly canonicalisation: number;
  readonly scope: string;
  readonly senderId: string;
  readonly reason: SuppressionReason;
  readonly source: string;
  readonly note?: string | undefined;
  readonly createdAt: number;
  /** It came from the journal. */
  readonly journaled?: boolean;
  readonly provider?: string | undefined;
}

/** Seventeen values a row: below the 32,766 bound values that SQLite takes. */
const ROWS_PER_STATEMENT = 1_000;

/**
 * Inserts what is not there yet and returns the ids of what was. A row that says the same already,
 * or has the id already, stays as it is. The caller holds the locks.
 */
export async function insertSuppressions(
  tx: Tx,
  ctx: Pick<SuppressionContext, 'tenant'>,
  rows: readonly SuppressionRow[],
): Promise<ReadonlySet<string>> {
  const inserted = new Set<string>();
  const waits = await hasJournal(tx, ctx.tenant);
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    const values = rows.slice(at, at + ROWS_PER_STATEMENT).map((row) => ({
      tenant: ctx.tenant,
      id: row.id ?? uuidv7(),
      match: row.match,
      hmac: row.hmac,
      key_id: row.keyId,
      canonicalisation: row.canonicalisation,
      scope: row.scope,
      sender_id: row.senderId,
      reason: row.reason,
      source: row.source,
      note: row.note ?? null,
      created_at: row.createdAt,
      lifted_at: null,
      lifted_by: null,
      lift_reason: null,
      provider: row.provider ?? null,
      journaled: waits && row.journaled !== true ? (0 as const) : (1 as const),
    }));
    const added = await tx
      .insertInto('suppression')
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute();
    for (const { id } of added) inserted.add(id);
  }
  return inserted;
}
