import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Whether anything of a campaign, or of a step of it, has gone out: one look into an index. */
export const campaignStep: Migration = {
  id: 11,
  name: 'campaign-step',
  async up(tx) {
    const delivery = sql.table('delivery');
    await sql`alter table ${delivery} add column step text`.execute(tx);
    await sql`
      create index mw_delivery_campaign_sent on ${delivery} (tenant, campaign, step)
      where campaign is not null and state = 'sent'`.execute(tx);
  },
};
