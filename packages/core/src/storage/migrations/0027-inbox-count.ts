import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * How many messages a mailbox holds is counted in the index alone: in SQLite what tells whether an
 * agent sees one lies behind its text and HTML, so that a count read all mail.
 */
export const inboxCount: Migration = {
  id: 27,
  name: 'inbox-count',
  up: async (tx, { index }) => {
    await sql`drop index ${index('mw_message_by_mailbox')}`.execute(tx);
    await sql`
      create index mw_message_by_mailbox on ${sql.table('message')}
      (tenant, mailbox, direction, created_at, quarantined, in_sent_folder)`.execute(tx);
  },
};
