import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What is paused: one table for everything that can be, where only mailboxes were known before. */
export const pause: Migration = {
  id: 15,
  name: 'pause',
  up: async (tx, { bigint, tableEnd }) => {
    const table = sql.table('pause');
    const mailbox = sql.table('mailbox');
    const meta = sql.table('meta');
    await sql`
      create table ${table} (
        tenant text not null,
        scope text not null check (
          scope in ('mailbox', 'campaign', 'agent', 'tenant', 'everything', 'restore')
        ),
        subject text not null,
        reason text not null,
        paused_by text not null,
        paused_at ${bigint} not null,
        resuming integer not null check (resuming in (0, 1)),
        primary key (tenant, scope, subject)
      )${tableEnd}`.execute(tx);
    await sql`
      insert into ${table} (tenant, scope, subject, reason, paused_by, paused_at, resuming)
      select tenant, 'mailbox', address, coalesce(paused_reason, ''), coalesce(paused_by, 'system'),
        updated_at, 0
      from ${mailbox} where paused = 1`.execute(tx);
    // Since when was not kept where it could be read.
    await sql`
      insert into ${table} (tenant, scope, subject, reason, paused_by, paused_at, resuming)
      select tenant, 'restore', '', '', 'system', 0, 0 from ${meta} where key = 'restore'`.execute(
      tx,
    );
    await sql`delete from ${meta} where key = 'restore'`.execute(tx);
    for (const column of ['paused', 'paused_by', 'paused_reason']) {
      await sql`alter table ${mailbox} drop column ${sql.ref(column)}`.execute(tx);
    }
    await sql`
      create index mw_delivery_paused on ${sql.table('delivery')} (tenant, reason_code, id)
      where state = 'deferred' and reason_code in (
        'MAILBOX_PAUSED', 'CAMPAIGN_PAUSED', 'AGENT_PAUSED', 'TENANT_PAUSED', 'EVERYTHING_PAUSED',
        'RESTORE_PAUSED'
      )`.execute(tx);
  },
};
