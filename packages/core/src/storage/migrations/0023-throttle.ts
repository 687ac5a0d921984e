import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** How fast mail goes out, for all workers together, and who takes a domain's mail. */
export const throttle: Migration = {
  id: 23,
  name: 'throttle',
  up: async (tx, { bigint, tableEnd }) => {
    const table = sql.table('throttle');
    await sql`
      create table ${table} (
        tenant text not null,
        bucket text not null,
        tat ${bigint} not null,
        queue_end ${bigint} not null,
        slow_level integer not null default 0,
        slow_since ${bigint} not null default 0,
        slow_until ${bigint} not null default 0,
        idle_at ${bigint} not null,
        primary key (tenant, bucket)
      )${tableEnd}`.execute(tx);
    await sql`create index mw_throttle_slow on ${table} (tenant, slow_until)`.execute(tx);
    await sql`create index mw_throttle_idle on ${table} (tenant, idle_at)`.execute(tx);
    const route = sql.table('mail_route');
    await sql`
      create table ${route} (
        tenant text not null,
        domain text not null,
        provider text not null,
        expires_at ${bigint} not null,
        primary key (tenant, domain)
      )${tableEnd}`.execute(tx);
    await sql`create index mw_mail_route_expired on ${route} (tenant, expires_at)`.execute(tx);
  },
};
