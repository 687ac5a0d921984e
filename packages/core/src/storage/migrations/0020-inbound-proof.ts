import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What queries ask about mail that came in: whether its sender was proven, whether we sent it. */
export const inboundProof: Migration = {
  id: 20,
  name: 'inbound-proof',
  up: async (tx) => {
    const message = sql.table('message');
    await sql`alter table ${message} add column authenticated integer not null default 0
      check (authenticated in (0, 1))`.execute(tx);
    await sql`alter table ${message} add column sent_elsewhere integer not null default 0
      check (sent_elsewhere in (0, 1))`.execute(tx);
    await sql`
      update ${message} set authenticated = 1
      where inbound_facts like '{"authenticated":true,%'`.execute(tx);
  },
};
