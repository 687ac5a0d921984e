import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What else was asked for with a message: a decision at claim sees it as the one at request did. */
export const requested: Migration = {
  id: 16,
  name: 'requested',
  up: async (tx) => {
    const message = sql.table('message');
    await sql`alter table ${message} add column requested_category text`.execute(tx);
    await sql`alter table ${message} add column header_findings text`.execute(tx);
  },
};
