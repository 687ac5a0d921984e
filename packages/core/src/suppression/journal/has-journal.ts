import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { JOURNAL_KEY } from './journal-key.ts';

/** The database knows whether it has one, so that a process without the option cannot forget it. */
export async function hasJournal(tx: Tx, tenant: string): Promise<boolean> {
  const row = await tx
    .selectFrom('meta')
    .select(sql<number>`1`.as('one'))
    .where('tenant', '=', tenant)
    .where('key', '=', JOURNAL_KEY)
    .executeTakeFirst();
  return row !== undefined;
}
