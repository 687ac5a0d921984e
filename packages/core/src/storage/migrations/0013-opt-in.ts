import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Double opt-ins that were asked for: one row per request mail. */
export const optIn: Migration = {
  id: 13,
  name: 'opt-in',
  up: async (tx, { bigint, tableEnd }) => {
    const table = sql.table('opt_in');
    await sql`
      create table ${table} (
        tenant text not null,
        id text not null,
        message_id text not null,
        canonical text not null,
        sender_id text not null,
        topics text not null,
        statement text not null,
        wording_version text not null,
        signup text not null,
        requested_at ${bigint} not null,
        expires_at ${bigint} not null,
        confirmed_at ${bigint},
        consent_id text,
        primary key (tenant, id),
        unique (tenant, message_id)
      )${tableEnd}`.execute(tx);
    await sql`create index mw_opt_in_by_person on ${table} (tenant, canonical)`.execute(tx);
  },
};
