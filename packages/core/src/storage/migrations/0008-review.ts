import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import type { ColumnTypes, Migration } from './migration.ts';

/** Groups of held mail, what reviewers were shown of them, and how rules fare with people. */
export const review: Migration = {
  id: 8,
  name: 'review',
  up: async (tx, types) => {
    await addGroup(tx);
    await createView(tx, types);
    await createOutcome(tx, types);
  },
};

async function addGroup(tx: Tx): Promise<void> {
  const delivery = sql.table('delivery');
  await sql`alter table ${delivery} add column review_group text`.execute(tx);
  await sql`
    create index mw_delivery_by_review_group
    on ${delivery} (tenant, mailbox, review_group, message_id)
    where state = 'held' and review_group is not null`.execute(tx);
}

async function createView(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const view = sql.table('review_view');
  await sql`
    create table ${view} (
      tenant text not null,
      id text not null,
      review_group text not null,
      reviewer text not null,
      member_count integer not null,
      sample_count integer not null,
      decision text check (decision in ('approve', 'reject')),
      shown_at ${bigint} not null,
      expires_at ${bigint} not null,
      primary key (tenant, id)
    )${tableEnd}`.execute(tx);
  await sql`create index mw_review_view_by_expiry on ${view} (tenant, expires_at)`.execute(tx);
  await sql`
    create table ${sql.table('review_member')} (
      tenant text not null,
      view_id text not null,
      message_id text not null,
      review text not null,
      sampled integer not null check (sampled in (0, 1)),
      state text,
      code text,
      primary key (tenant, view_id, message_id),
      foreign key (tenant, view_id) references ${view} (tenant, id)
    )${tableEnd}`.execute(tx);
}

async function createOutcome(tx: Tx, { bigint, tableEnd }: ColumnTypes): Promise<void> {
  const outcome = sql.table('review_outcome');
  await sql`
    create table ${outcome} (
      tenant text not null,
      rule text not null,
      code text not null,
      subject text not null,
      id text not null,
      outcome text not null check (outcome in ('approved', 'edited', 'rejected', 'expired')),
      mailbox text not null,
      category text not null,
      at ${bigint} not null,
      primary key (tenant, rule, code, subject)
    )${tableEnd}`.execute(tx);
  await sql`
    create index mw_review_outcome_latest on ${outcome} (tenant, rule, code, id)`.execute(tx);
  await sql`
    create table ${sql.table('rule_feedback')} (
      tenant text not null,
      rule text not null,
      code text not null,
      reported integer not null check (reported in (0, 1)),
      primary key (tenant, rule, code)
    )${tableEnd}`.execute(tx);
}
