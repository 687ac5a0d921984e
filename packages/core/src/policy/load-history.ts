import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { campaignStep } from '../messages/campaign-step.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import type { Db } from '../storage/database.ts';
import type { HistoryFacts } from './facts.ts';

/** Whether anything of this campaign, or of this step of it, has gone out before. */
export async function loadHistory(
  db: Db,
  ctx: Context,
  content: OutboundContent,
): Promise<HistoryFacts> {
  const { campaign } = content;
  if (campaign === undefined) return { campaignSent: false, stepSent: false };
  const sent = db
    .selectFrom('delivery')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('campaign', '=', campaign)
    // A literal: SQLite takes the index of what was sent for nothing else.
    .where('state', '=', sql.lit('sent'))
    .limit(1);
  const step = sent.where('step', '=', campaignStep(content));
  if ((await step.executeTakeFirst()) !== undefined) return { campaignSent: true, stepSent: true };
  // Any step: without this SQLite would read the whole campaign, sent or not.
  const any = sent.where('step', '>', '');
  return { campaignSent: (await any.executeTakeFirst()) !== undefined, stepSent: false };
}
