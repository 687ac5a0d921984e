import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import type { ColumnTypes, Migration } from './migration.ts';

/** How much mail people get and want: the ledger of frequency caps, and preferences. */
export const frequency: Migration = {
  id: 5,
  name: 'frequency',
  up: async (tx, types) => {
    await widenReservation(tx);
    await addPriority(tx);
    await createPreference(tx, types);
  },
};

async function widenReservation(tx: Tx): Promise<void> {
  const reservation = sql.table('reservation');
  for (const name of ['sender_id', 'category', 'topic', 'campaign']) {
    await sql`alter table ${reservation} add column ${sql.ref(name)} text`.execute(tx);
  }
  await sql`
    create index mw_reservation_by_delivery
    on ${reservation} (tenant, delivery_id, kind)`.execute(tx);
}

async function addPriority(tx: Tx): Promise<void> {
  const delivery = sql.table('delivery');
  await sql`
    alter table ${delivery} add column priority integer not null default 5`.execute(tx);
  // Who competes for one person's next place; also what a place that comes free wakes.
  await sql`
    create index mw_delivery_waiting on ${delivery} (tenant, recipient_canonical, due_at)
    where state || '' in ('queued', 'deferred')`.execute(tx);
}

async function createPreference(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('preference')} (
      tenant text not null,
      canonical text not null,
      key_id text not null,
      canonicalisation integer not null,
      sender_id text not null,
      declined_topics text not null,
      paused_until ${bigint},
      max_count integer,
      max_days integer,
      updated_by text not null,
      updated_at ${bigint} not null,
      primary key (tenant, canonical, sender_id),
      check ((max_count is null) = (max_days is null))
    )${tableEnd}`.execute(tx);
}
