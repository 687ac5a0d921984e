import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What was found out about the domains that mail is sent from. */
export const sendingFacts: Migration = {
  id: 14,
  name: 'sending-facts',
  up: async (tx, { bigint, tableEnd }) => {
    await sql`
      create table ${sql.table('sending_fact')} (
        tenant text not null,
        domain text not null,
        provider text not null,
        fact text not null,
        value integer not null,
        recorded_at ${bigint} not null,
        primary key (tenant, domain, provider, fact)
      )${tableEnd}`.execute(tx);
  },
};
