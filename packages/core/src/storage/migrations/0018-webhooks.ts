import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What providers posted: ids for as long as they may be repeated, and figures per day. */
export const webhooks: Migration = {
  id: 18,
  name: 'webhooks',
  up: async (tx, { bigint, tableEnd }) => {
    const event = sql.table('webhook_event');
    await sql`
      create table ${event} (
        tenant text not null,
        provider text not null,
        event_id text not null,
        digest text not null,
        received_at ${bigint} not null,
        primary key (tenant, provider, event_id)
      )${tableEnd}`.execute(tx);
    await sql`
      create index mw_webhook_event_by_time on ${event} (tenant, received_at)`.execute(tx);
    await sql`
      create table ${sql.table('webhook_count')} (
        tenant text not null,
        provider text not null,
        day ${bigint} not null,
        done integer not null,
        repeated integer not null,
        foreign_events integer not null,
        last_at ${bigint} not null,
        primary key (tenant, provider, day)
      )${tableEnd}`.execute(tx);
  },
};
