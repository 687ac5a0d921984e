import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Refusals that are no suppression, as the suppression journal keeps them. */
export const refusal: Migration = {
  id: 21,
  name: 'refusal',
  up: async (tx, { bigint, tableEnd }) => {
    const table = sql.table('refusal');
    await sql`
      create table ${table} (
        tenant text not null,
        id text not null,
        kind text not null check (kind in ('preference', 'withdrawal')),
        canonical text not null,
        key_id text not null,
        canonicalisation integer not null,
        sender_id text not null,
        purpose text not null,
        topics text not null,
        paused_until ${bigint},
        max_count integer,
        max_days integer,
        refused_at ${bigint} not null,
        journaled integer not null,
        primary key (tenant, id)
      )${tableEnd}`.execute(tx);
    await sql`
      create index mw_refusal_to_journal on ${table} (tenant, id)
      where journaled = 0`.execute(tx);
    await sql`
      create index mw_refusal_by_person on ${table} (tenant, canonical)`.execute(tx);
  },
};
