import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Mail of which a copy is to be put into the Sent folder. */
export const sentCopy: Migration = {
  id: 25,
  name: 'sent-copy',
  up: async (tx, { bigint }) => {
    const delivery = sql.table('delivery');
    await sql`alter table ${delivery} add column copy_due_at ${bigint}`.execute(tx);
    await sql`
      create index mw_delivery_copy on ${delivery} (tenant, mailbox, copy_due_at)
      where copy_due_at is not null`.execute(tx);
  },
};
