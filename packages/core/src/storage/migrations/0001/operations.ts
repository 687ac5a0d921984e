import { sql } from 'kysely';
import type { Tx } from '../../database.ts';
import type { ColumnTypes } from '../migration.ts';

/** Settings, senders, mailboxes, template approvals and events. */
export async function createOperationsTables(tx: Tx, types: ColumnTypes): Promise<void> {
  await createMeta(tx, types);
  await createSender(tx, types);
  await createMailbox(tx, types);
  await createTemplateApproval(tx, types);
  await createEvent(tx, types);
}

async function createMeta(tx: Tx, { tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('meta')} (
      tenant text not null,
      "key" text not null,
      value text not null,
      primary key (tenant, "key")
    )${tableEnd}`.execute(tx);
}

async function createSender(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('sender')} (
      tenant text not null,
      id text not null,
      legal_name text not null,
      postal_address text not null,
      updated_at ${bigint} not null,
      primary key (tenant, id)
    )${tableEnd}`.execute(tx);
}

async function createMailbox(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('mailbox')} (
      tenant text not null,
      address text not null,
      sender_id text,
      mode text,
      mode_by text,
      mode_reason text,
      mode_until ${bigint},
      paused integer not null check (paused in (0, 1)),
      paused_by text,
      paused_reason text,
      updated_at ${bigint} not null,
      primary key (tenant, address),
      check (mode in ('read_only', 'gated_all', 'gated_send', 'monitored', 'autonomous'))
    )${tableEnd}`.execute(tx);
}

async function createTemplateApproval(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('template_approval')} (
      tenant text not null,
      template text not null,
      hash text not null,
      approved_by text not null,
      approved_at ${bigint} not null,
      primary key (tenant, template)
    )${tableEnd}`.execute(tx);
}

async function createEvent(tx: Tx, types: ColumnTypes): Promise<void> {
  const { bigint, sequence, tableEnd, xact } = types;
  const event = sql.table('event');
  await sql`
    create table ${event} (
      seq ${sequence},
      tenant text not null,
      xact ${bigint} not null default ${xact},
      id text not null,
      at ${bigint} not null,
      type text not null,
      mailbox text,
      message_id text,
      delivery_id text,
      actor text not null,
      data text not null
    )${tableEnd}`.execute(tx);
  await sql`create index mw_event_by_seq on ${event} (tenant, xact, seq)`.execute(tx);
  await sql`
    create index mw_event_by_delivery on ${event} (tenant, delivery_id, seq)
    where delivery_id is not null`.execute(tx);
}
