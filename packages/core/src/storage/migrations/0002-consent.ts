import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import type { ColumnTypes, Migration } from './migration.ts';

/** What the law asks about a person: contact facts, consent, and what is still to be found out. */
export const consent: Migration = {
  id: 2,
  name: 'consent',
  up: async (tx, types) => {
    await addContactFacts(tx);
    await createConsent(tx, types);
    await createFactTask(tx, types);
    await addFactTaskToDelivery(tx);
  },
};

async function addContactFacts(tx: Tx): Promise<void> {
  const contact = sql.table('contact');
  for (const name of ['country', 'region', 'time_zone', 'source', 'provenance']) {
    await sql`alter table ${contact} add column ${sql.ref(name)} text`.execute(tx);
  }
  await sql`
    alter table ${contact} add column kind text
    check (kind in ('individual', 'sole_trader', 'company_person', 'role'))`.execute(tx);
  await sql`
    create index mw_contact_by_source on ${contact} (tenant, source, id)
    where source is not null`.execute(tx);
}

async function createConsent(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const table = sql.table('consent');
  await sql`
    create table ${table} (
      tenant text not null,
      id text not null,
      canonical text not null,
      key_id text not null,
      canonicalisation integer not null,
      sender_id text not null,
      purpose text not null,
      topics text not null,
      kind text not null check (kind in ('grant', 'withdrawal')),
      basis text check ((kind = 'grant') = (basis is not null)),
      limbs text,
      balancing text,
      wording_version text,
      evidence text not null,
      obtained_at ${bigint} not null,
      expires_at ${bigint},
      reported_by text not null,
      on_behalf_of text,
      recorded_at ${bigint} not null,
      confirmed_by text,
      confirmed_at ${bigint},
      primary key (tenant, id)
    )${tableEnd}`.execute(tx);
  await sql`create index mw_consent_by_person on ${table} (tenant, canonical)`.execute(tx);
  await sql`
    create index mw_consent_reported on ${table} (tenant, recorded_at, id)
    where confirmed_at is null`.execute(tx);
}

async function createFactTask(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('fact_task')} (
      tenant text not null,
      id text not null,
      source text not null,
      fact text not null check (fact in ('country', 'consent')),
      state text not null check (state in ('open', 'answered')),
      answer text,
      opened_at ${bigint} not null,
      answered_by text,
      answered_at ${bigint},
      primary key (tenant, id),
      unique (tenant, source, fact)
    )${tableEnd}`.execute(tx);
}

async function addFactTaskToDelivery(tx: Tx): Promise<void> {
  const delivery = sql.table('delivery');
  await sql`alter table ${delivery} add column fact_task_id text`.execute(tx);
  await sql`
    create index mw_delivery_by_fact_task on ${delivery} (tenant, fact_task_id)
    where fact_task_id is not null`.execute(tx);
  await sql`
    create index mw_delivery_by_recipient on ${delivery} (tenant, recipient_canonical, state)
    where fact_task_id is not null`.execute(tx);
}
