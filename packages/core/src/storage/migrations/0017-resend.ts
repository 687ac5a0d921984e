import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Mail that goes out a second time, because nobody can tell what became of the first. */
export const resend: Migration = {
  id: 17,
  name: 'resend',
  up: async (tx) => {
    const delivery = sql.table('delivery');
    await sql`alter table ${delivery} add column resend_of text`.execute(tx);
    await sql`alter table ${delivery} add column spent_approval text`.execute(tx);
    // One resend for each, however many people and processes ask for it.
    await sql`
      create unique index mw_delivery_resend on ${delivery} (tenant, resend_of)
      where resend_of is not null`.execute(tx);
  },
};
