import type { Context } from '../context.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import type { Db } from '../storage/database.ts';
import type { HistoryFacts } from './facts.ts';

/** Whether anything of this campaign, or of this step of it, has gone out before. */
export async function loadHistory(
  db: Db,
  ctx: Context,
  { campaign, variant, template }: OutboundContent,
): Promise<HistoryFacts> {
  if (campaign === undefined) return { campaignSent: false, stepSent: false };
  const sent = db
    .selectFrom('delivery')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'delivery.tenant')
        .onRef('message.id', '=', 'delivery.message_id'),
    )
    .select('delivery.id')
    .where('delivery.tenant', '=', ctx.tenant)
    .where('delivery.campaign', '=', campaign)
    .where('delivery.state', '=', 'sent')
    .limit(1);
  const step = sent
    .where('message.variant', variant === undefined ? 'is' : '=', variant ?? null)
    .where('message.template', template === undefined ? 'is' : '=', template ?? null);
  return {
    campaignSent: (await sent.executeTakeFirst()) !== undefined,
    stepSent: (await step.executeTakeFirst()) !== undefined,
  };
}
