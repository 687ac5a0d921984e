import { sql } from 'kysely';
import type { Tx } from '../../database.ts';
import type { ColumnTypes } from '../migration.ts';

/** The work list with its attempts, reservations and approvals. */
export async function createDeliveryTables(tx: Tx, types: ColumnTypes): Promise<void> {
  await createDelivery(tx, types);
  await createDeliveryIndexes(tx);
  await createAttempt(tx, types);
  await createReservation(tx, types);
  await createApproval(tx, types);
}

async function createDelivery(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('delivery')} (
      tenant text not null,
      id text not null,
      message_id text not null,
      mailbox text not null,
      sender_id text not null,
      recipient text not null,
      recipient_exact text not null,
      recipient_canonical text not null,
      field text not null check (field in ('to', 'cc', 'bcc')),
      state text not null check (
        state in (
          'held', 'queued', 'claimed', 'sending', 'sent', 'deferred',
          'unknown', 'blocked', 'rejected', 'failed', 'expired', 'cancelled'
        )
      ),
      reason_code text not null,
      reason text not null,
      category text not null check (category in ('marketing', 'transactional', 'conversational')),
      topic text,
      campaign text,
      due_at ${bigint} not null,
      parked integer not null default 0 check (parked in (0, 1)),
      fence integer not null,
      lease_until ${bigint},
      lease_owner text,
      attempts integer not null,
      first_attempt_at ${bigint},
      idempotency_key text,
      idempotency_kind text check (idempotency_kind in ('caller', 'derived')),
      idempotency_expires_at ${bigint},
      request_digest text not null,
      content_fingerprint text not null,
      basis text,
      wording_version text,
      policy_epoch integer not null,
      first_contact integer not null check (first_contact in (0, 1)),
      sent_at ${bigint},
      delivered_at ${bigint},
      bounced_at ${bigint},
      complained_at ${bigint},
      unsubscribed_at ${bigint},
      replied_at ${bigint},
      created_at ${bigint} not null,
      updated_at ${bigint} not null,
      primary key (tenant, id),
      foreign key (tenant, message_id) references ${sql.table('message')} (tenant, id),
      check (state not in ('claimed', 'sending') or lease_until is not null)
    )${tableEnd}`.execute(tx);
}

async function createDeliveryIndexes(tx: Tx): Promise<void> {
  const delivery = sql.table('delivery');
  await sql`
    create unique index mw_delivery_idempotency
    on ${delivery} (tenant, mailbox, recipient_exact, idempotency_key)
    where idempotency_key is not null`.execute(tx);
  await sql`create index mw_delivery_due on ${delivery} (tenant, state, due_at, id)`.execute(tx);
  await sql`
    create index mw_delivery_by_lease on ${delivery} (tenant, state, lease_until)
    where lease_until is not null`.execute(tx);
  await sql`create index mw_delivery_by_message on ${delivery} (tenant, message_id)`.execute(tx);
  await sql`
    create index mw_delivery_by_content on ${delivery}
    (tenant, mailbox, recipient_canonical, content_fingerprint, created_at)`.execute(tx);
  await sql`
    create index mw_delivery_by_campaign on ${delivery} (tenant, campaign)
    where campaign is not null`.execute(tx);
}

async function createAttempt(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  await sql`
    create table ${sql.table('attempt')} (
      tenant text not null,
      id text not null,
      delivery_id text not null,
      number integer not null,
      fence integer not null,
      worker text not null,
      started_at ${bigint} not null,
      ended_at ${bigint},
      phase text,
      outcome text,
      host text,
      reply_code integer,
      reply_enhanced text,
      reply_text text,
      bytes_sha256 text not null,
      primary key (tenant, id),
      unique (tenant, delivery_id, number),
      foreign key (tenant, delivery_id) references ${sql.table('delivery')} (tenant, id)
    )${tableEnd}`.execute(tx);
}

async function createReservation(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const reservation = sql.table('reservation');
  await sql`
    create table ${reservation} (
      tenant text not null,
      id text not null,
      kind text not null,
      subject text not null,
      delivery_id text not null,
      at ${bigint} not null,
      primary key (tenant, id)
    )${tableEnd}`.execute(tx);
  await sql`
    create index mw_reservation_by_subject
    on ${reservation} (tenant, kind, subject, at)`.execute(tx);
}

async function createApproval(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const approval = sql.table('approval');
  await sql`
    create table ${approval} (
      tenant text not null,
      id text not null,
      message_id text not null,
      revision integer not null,
      digest text not null,
      decision text not null check (decision in ('approve', 'reject')),
      reason text,
      decided_by text not null,
      decided_at ${bigint} not null,
      expires_at ${bigint} not null,
      consumed_at ${bigint},
      discharges text not null,
      primary key (tenant, id),
      foreign key (tenant, message_id) references ${sql.table('message')} (tenant, id)
    )${tableEnd}`.execute(tx);
  await sql`create index mw_approval_by_message on ${approval} (tenant, message_id)`.execute(tx);
}
