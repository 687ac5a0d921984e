import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import type { ColumnTypes, Migration } from './migration.ts';

/** Sealed audit entries, their seals, and the personal details that can be erased. */
export const audit: Migration = {
  id: 3,
  name: 'audit',
  up: async (tx, types) => {
    await createDetail(tx, types);
    await createEntry(tx, types);
    await createSeal(tx, types);
  },
};

async function createDetail(tx: Tx, { tableEnd }: ColumnTypes): Promise<void> {
  const detail = sql.table('audit_detail');
  await sql`
    create table ${detail} (
      tenant text not null,
      event_id text not null,
      person text,
      salt text,
      details text,
      hmac text not null,
      primary key (tenant, event_id),
      check ((salt is null) = (details is null))
    )${tableEnd}`.execute(tx);
  await sql`
    create index mw_audit_detail_by_person on ${detail} (tenant, person)
    where details is not null`.execute(tx);
}

async function createEntry(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('audit_entry')} (
      tenant text not null,
      place ${bigint} not null,
      event_id text not null,
      entry text not null,
      primary key (tenant, place),
      unique (tenant, event_id)
    )${tableEnd}`.execute(tx);
}

async function createSeal(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('audit_seal')} (
      tenant text not null,
      number ${bigint} not null,
      first_place ${bigint} not null,
      entry_count integer not null check (entry_count > 0),
      root text not null,
      previous text not null,
      head text not null,
      sealed_at ${bigint} not null,
      key_id text not null,
      public_key text not null,
      signature text not null,
      leaves text not null,
      primary key (tenant, number)
    )${tableEnd}`.execute(tx);
}
