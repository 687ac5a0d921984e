import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import type { ColumnTypes, Migration } from './migration.ts';

/** Who had their data erased, and by which way what is old is found. */
export const rights: Migration = {
  id: 7,
  name: 'rights',
  up: async (tx, types) => {
    await createErasure(tx, types);
    await addErasedAt(tx, types);
    // What was tagged, received or asked about belongs to no delivery.
    await sql`
      create index mw_event_of_message on ${sql.table('event')} (tenant, message_id)
      where message_id is not null and delivery_id is null`.execute(tx);
  },
};

async function createErasure(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const erasure = sql.table('erasure');
  await sql`
    create table ${erasure} (
      tenant text not null,
      canonical text not null,
      id text not null,
      key_id text not null,
      canonicalisation integer not null,
      reason text not null,
      requested_at ${bigint} not null,
      finished_at ${bigint},
      primary key (tenant, canonical)
    )${tableEnd}`.execute(tx);
  await sql`
    create index mw_erasure_unfinished on ${erasure} (tenant, requested_at)
    where finished_at is null`.execute(tx);
}

async function addErasedAt(tx: Tx, { bigint }: ColumnTypes): Promise<void> {
  const message = sql.table('message');
  await sql`alter table ${message} add column erased_at ${bigint}`.execute(tx);
  await sql`
    create index mw_message_unerased on ${message} (tenant, created_at)
    where erased_at is null`.execute(tx);
}
