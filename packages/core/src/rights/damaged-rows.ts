import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { RowKey, ScannedTable } from './scan-table.ts';

/** A row that could not be erased, and why. */
export interface DamagedRow {
  readonly table: ScannedTable;
  readonly key: RowKey;
  readonly error: unknown;
}

/**
 * Does `work` with some rows at once, or, where that fails, with each alone, so that one that is
 * damaged keeps no other from being erased. Returns the damaged ones. A fault of the database is
 * thrown: it is about no row.
 */
export async function eraseEach(
  table: ScannedTable,
  keys: readonly RowKey[],
  work: (some: readonly RowKey[]) => Promise<void>,
): Promise<readonly DamagedRow[]> {
  try {
    await work(keys);
    return [];
  } catch (error) {
    if (error instanceof MailwardenError) throw error;
    const [key, ...others] = keys;
    if (key === undefined) return [];
    if (others.length === 0) return [{ table, key, error }];
  }
  const damaged: DamagedRow[] = [];
  for (const key of keys) damaged.push(...(await eraseEach(table, [key], work)));
  return damaged;
}
