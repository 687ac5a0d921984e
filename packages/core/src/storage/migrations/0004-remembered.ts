import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Claims, facts and hosts that reviewers vouched for, and the ends of offers that people were told. */
export const remembered: Migration = {
  id: 4,
  name: 'remembered',
  up: async (tx, { bigint, tableEnd }) => {
    await sql`
      create table ${sql.table('remembered')} (
        tenant text not null,
        kind text not null check (kind in ('claim', 'fact', 'host')),
        value text not null,
        until ${bigint} not null,
        remembered_by text not null,
        message_id text not null,
        created_at ${bigint} not null,
        primary key (tenant, kind, value)
      )${tableEnd}`.execute(tx);
    await sql`
      create table ${sql.table('told_deadline')} (
        tenant text not null,
        deal text not null,
        ends_at ${bigint} not null,
        told_at ${bigint} not null,
        primary key (tenant, deal, ends_at)
      )${tableEnd}`.execute(tx);
  },
};
