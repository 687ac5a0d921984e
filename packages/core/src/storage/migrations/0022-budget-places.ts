import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * What a batch takes of an agent's budget is one row with the number of its places, so that counting
 * a budget reads a row for each batch and not for each message.
 */
export const budgetPlaces: Migration = {
  id: 22,
  name: 'budget-places',
  up: async (tx, { index }) => {
    const reservation = sql.table('reservation');
    await sql`
      alter table ${reservation} add column places integer not null default 1`.execute(tx);
    // Counted from the index alone.
    await sql`
      create index mw_reservation_places
      on ${reservation} (tenant, kind, subject, at, places)`.execute(tx);
    await sql`drop index ${index('mw_reservation_by_subject')}`.execute(tx);
  },
};
