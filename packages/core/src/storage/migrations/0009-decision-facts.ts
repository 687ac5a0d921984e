import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What a message was decided on, for asking again under another policy. */
export const decisionFacts: Migration = {
  id: 9,
  name: 'decision-facts',
  up: async (tx) => {
    await sql`alter table ${sql.table('message')} add column decision_facts text`.execute(tx);
  },
};
