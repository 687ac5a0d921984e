import { sql } from 'kysely';
import type { Tx } from '../../database.ts';
import type { ColumnTypes } from '../migration.ts';

/** Messages with everything that hangs on them, and how far each folder was read. */
export async function createMessageTables(tx: Tx, types: ColumnTypes): Promise<void> {
  await createMessage(tx, types);
  await createMessageIndexes(tx);
  await createMessageRevision(tx, types);
  await createMessageIdAlias(tx, types);
  await createChunk(tx, types);
  await createReadMark(tx, types);
  await createFolder(tx, types);
}

async function createMessage(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('message')} (
      tenant text not null,
      id text not null,
      mailbox text not null,
      direction text not null check (direction in ('outbound', 'inbound')),
      thread_id text not null,
      internet_message_id text not null,
      in_reply_to text,
      parent_id text,
      reference_ids text not null,
      from_address text not null,
      from_name text,
      to_addresses text not null,
      cc_addresses text not null,
      bcc_addresses text not null,
      reply_to text,
      subject text not null,
      body text,
      text text not null,
      html text,
      new_text text,
      headers text not null,
      attachments text not null,
      category text check (category in ('marketing', 'transactional', 'conversational')),
      topic text,
      campaign text,
      variant text,
      template text,
      template_hash text,
      variables text,
      requested_mode text,
      send_at ${bigint},
      agent text,
      on_behalf_of text,
      run text,
      revision integer not null,
      revises text,
      round integer not null,
      digest text,
      nonce text,
      decision text,
      policy_version text,
      policy_epoch integer not null,
      review_expires_at ${bigint},
      review_warned integer not null check (review_warned in (0, 1)),
      quarantined integer not null check (quarantined in (0, 1)),
      auto_submitted integer not null check (auto_submitted in (0, 1)),
      inbound_facts text,
      created_at ${bigint} not null,
      updated_at ${bigint} not null,
      primary key (tenant, id)
    )${tableEnd}`.execute(tx);
}

async function createMessageIndexes(tx: Tx): Promise<void> {
  const message = sql.table('message');
  await sql`
    create index mw_message_by_mailbox
    on ${message} (tenant, mailbox, direction, created_at)`.execute(tx);
  await sql`
    create index mw_message_by_thread on ${message} (tenant, thread_id, created_at)`.execute(tx);
  await sql`
    create index mw_message_by_sender
    on ${message} (tenant, mailbox, lower(from_address))`.execute(tx);
  await sql`
    create index mw_message_by_review on ${message} (tenant, review_expires_at)
    where review_expires_at is not null`.execute(tx);
  await sql`
    create index mw_message_to_warn on ${message} (tenant, review_expires_at)
    where review_warned = 0 and review_expires_at is not null`.execute(tx);
  await sql`
    create index mw_message_by_revises on ${message} (tenant, revises)
    where revises is not null`.execute(tx);
  await sql`
    create index mw_message_by_parent on ${message} (tenant, parent_id)
    where parent_id is not null`.execute(tx);
}

async function createMessageRevision(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('message_revision')} (
      tenant text not null,
      message_id text not null,
      revision integer not null,
      content text not null,
      digest text not null,
      edited_by text not null,
      created_at ${bigint} not null,
      primary key (tenant, message_id, revision),
      foreign key (tenant, message_id) references ${sql.table('message')} (tenant, id)
    )${tableEnd}`.execute(tx);
}

async function createMessageIdAlias(tx: Tx, { tableEnd }: ColumnTypes): Promise<void> {
  const alias = sql.table('message_id_alias');
  await sql`
    create table ${alias} (
      tenant text not null,
      mailbox text not null,
      internet_message_id text not null,
      message_id text not null,
      primary key (tenant, mailbox, internet_message_id),
      foreign key (tenant, message_id) references ${sql.table('message')} (tenant, id)
    )${tableEnd}`.execute(tx);
  await sql`
    create index mw_message_id_alias_by_message on ${alias} (tenant, message_id)`.execute(tx);
}

async function createChunk(tx: Tx, { bytes, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('chunk')} (
      tenant text not null,
      owner_id text not null,
      seq integer not null,
      data ${bytes} not null check (length(data) <= 262144),
      primary key (tenant, owner_id, seq)
    )${tableEnd}`.execute(tx);
}

async function createReadMark(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('read_mark')} (
      tenant text not null,
      message_id text not null,
      agent text not null,
      run text not null,
      read_at ${bigint} not null,
      primary key (tenant, message_id, agent, run)
    )${tableEnd}`.execute(tx);
}

async function createFolder(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('folder')} (
      tenant text not null,
      mailbox text not null,
      folder text not null,
      uid_validity text not null,
      last_uid ${bigint} not null,
      updated_at ${bigint} not null,
      primary key (tenant, mailbox, folder)
    )${tableEnd}`.execute(tx);
}
