import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import type { ColumnTypes, Migration } from './migration.ts';

/** How far an import of contacts has come. */
export const contacts: Migration = {
  id: 6,
  name: 'contacts',
  up: createContactImport,
};

async function createContactImport(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('contact_import')} (
      tenant text not null,
      id text not null,
      source text not null,
      digest text not null,
      read_rows ${bigint} not null,
      added ${bigint} not null,
      changed ${bigint} not null,
      unchanged ${bigint} not null,
      failed ${bigint} not null,
      suppressed ${bigint} not null,
      consents ${bigint} not null,
      started_at ${bigint} not null,
      updated_at ${bigint} not null,
      finished_at ${bigint},
      primary key (tenant, id)
    )${tableEnd}`.execute(tx);
}
