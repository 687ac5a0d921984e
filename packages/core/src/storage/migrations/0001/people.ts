import { sql } from 'kysely';
import type { Tx } from '../../database.ts';
import type { ColumnTypes } from '../migration.ts';

/** Recipient locks, contacts, tags and suppressions. */
export async function createPeopleTables(tx: Tx, types: ColumnTypes): Promise<void> {
  await createRecipientKey(tx, types);
  await createContact(tx, types);
  await createTag(tx, types);
  await createSuppression(tx, types);
}

async function createRecipientKey(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('recipient_key')} (
      tenant text not null,
      canonical text not null,
      key_id text not null,
      canonicalisation integer not null,
      created_at ${bigint} not null,
      primary key (tenant, canonical)
    )${tableEnd}`.execute(tx);
}

async function createContact(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const contact = sql.table('contact');
  await sql`
    create table ${contact} (
      tenant text not null,
      id text not null,
      address text not null,
      exact text not null,
      canonical text not null,
      name text,
      attributes text not null,
      created_at ${bigint} not null,
      updated_at ${bigint} not null,
      primary key (tenant, id),
      unique (tenant, exact)
    )${tableEnd}`.execute(tx);
  await sql`create index mw_contact_by_canonical on ${contact} (tenant, canonical)`.execute(tx);
}

async function createTag(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const tag = sql.table('tag');
  await sql`
    create table ${tag} (
      tenant text not null,
      subject_kind text not null check (subject_kind in ('contact', 'message')),
      subject_id text not null,
      tag text not null,
      owner text not null,
      created_at ${bigint} not null,
      expires_at ${bigint},
      primary key (tenant, subject_kind, subject_id, tag)
    )${tableEnd}`.execute(tx);
  await sql`
    create index mw_tag_by_tag on ${tag} (tenant, subject_kind, tag, subject_id)`.execute(tx);
}

async function createSuppression(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const suppression = sql.table('suppression');
  await sql`
    create table ${suppression} (
      tenant text not null,
      id text not null,
      "match" text not null check ("match" in ('exact', 'canonical', 'domain')),
      hmac text not null,
      key_id text not null,
      canonicalisation integer not null,
      scope text not null check (scope in ('all', 'marketing') or scope like 'topic:_%'),
      sender_id text not null,
      reason text not null check (
        reason in ('unsubscribe', 'complaint', 'hard_bounce', 'manual', 'legal', 'erasure')
      ),
      source text not null,
      note text,
      created_at ${bigint} not null,
      lifted_at ${bigint},
      lifted_by text,
      lift_reason text,
      journaled integer not null default 1,
      primary key (tenant, id)
    )${tableEnd}`.execute(tx);
  await sql`create index mw_suppression_by_hmac on ${suppression} (tenant, hmac)`.execute(tx);
  await sql`
    create unique index mw_suppression_once
    on ${suppression} (tenant, "match", hmac, scope, sender_id, reason)
    where lifted_at is null`.execute(tx);
  await sql`
    create index mw_suppression_to_journal on ${suppression} (tenant, id)
    where journaled = 0`.execute(tx);
}
