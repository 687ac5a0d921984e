import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Until when people said that they are away. */
export const absence: Migration = {
  id: 26,
  name: 'absence',
  up: async (tx, { bigint }) => {
    const preference = sql.table('preference');
    await sql`alter table ${preference} add column away_until ${bigint}`.execute(tx);
  },
};
