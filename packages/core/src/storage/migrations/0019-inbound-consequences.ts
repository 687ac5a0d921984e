import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import type { ColumnTypes, Migration } from './migration.ts';

/** What reports, complaints and stop requests leave behind. */
export const inboundConsequences: Migration = {
  id: 19,
  name: 'inbound-consequences',
  up: async (tx, types) => {
    const delivery = sql.table('delivery');
    await sql`alter table ${delivery} add column failure_code text`.execute(tx);
    await addProvisional(tx, types);
    await createStopRequest(tx, types);
  },
};

async function addProvisional(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const suppression = sql.table('suppression');
  await sql`alter table ${suppression} add column provider text`.execute(tx);
  await sql`alter table ${suppression} add column provisional_until ${bigint}`.execute(tx);
  await sql`
    create index mw_suppression_by_provider on ${suppression} (tenant, provider, created_at)
    where provider is not null and lifted_at is null`.execute(tx);
  await sql`
    create index mw_suppression_provisional on ${suppression} (tenant, provisional_until)
    where provisional_until is not null and lifted_at is null`.execute(tx);
  await sql`
    create table ${sql.table('address_failure')} (
      tenant text not null,
      provider text not null,
      hour ${bigint} not null,
      failures integer not null,
      primary key (tenant, provider, hour)
    )${tableEnd}`.execute(tx);
}

async function createStopRequest(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const request = sql.table('stop_request');
  await sql`
    create table ${request} (
      tenant text not null,
      id text not null,
      canonical text not null,
      sender_id text not null,
      mailbox text not null,
      message_id text not null,
      delivery_id text not null,
      asked_at ${bigint} not null,
      decision text check (decision in ('stop', 'continue')),
      decided_by text,
      decided_at ${bigint},
      primary key (tenant, id)
    )${tableEnd}`.execute(tx);
  await sql`
    create unique index mw_stop_request_open on ${request} (tenant, canonical, sender_id, message_id)
    where decided_at is null`.execute(tx);
}
