import { sql } from 'kysely';
import { SQLITE_CLOCK } from '../dialects/clock.ts';
import type { MigrationDialect } from './migration.ts';

/** SQLite: a unit holds the write lock from its start, so there is nothing more to lock. */
export const sqliteMigrations: MigrationDialect = {
  clock: SQLITE_CLOCK,
  types: {
    bigint: sql`integer`,
    sequence: sql`integer primary key autoincrement`,
    bytes: sql`blob`,
    xact: sql`0`,
    // Without STRICT a column takes values of any type.
    index: (name) => sql.id(name),
    tableEnd: sql` strict`,
  },
  isPrepared: async (db) => {
    const { rows } = await sql`
      select 1 from sqlite_master where type = 'table' and name = 'mw_migration'`.execute(db);
    return rows.length > 0;
  },
  prepare: async () => {},
};
