import type { Context } from '../context.ts';
import type { Message } from '../storage/tables/message.ts';

/** Which stored decisions; what is not said does not restrict. */
export interface SimulationRange {
  /** Messages that were made at or after this instant, epoch ms. */
  readonly from?: number;
  /** And before this one. */
  readonly to?: number;
  readonly mailbox?: string;
  readonly campaign?: string;
}

/** A message may have a megabyte of text, so few at a time. */
const PAGE = 50;

/** Outbound messages, erased ones too, a page at a time, each page a read of its own. */
export async function* scanDecisions(
  ctx: Context,
  range: SimulationRange,
): AsyncGenerator<readonly Message[]> {
  const { from, to, mailbox, campaign } = range;
  let after = '';
  for (;;) {
    let query = ctx.storage.db
      .selectFrom('message')
      .selectAll()
      .where('tenant', '=', ctx.tenant)
      .where('id', '>', after)
      .where('direction', '=', 'outbound');
    if (from !== undefined) query = query.where('created_at', '>=', from);
    if (to !== undefined) query = query.where('created_at', '<', to);
    if (mailbox !== undefined) query = query.where('mailbox', '=', mailbox.toLowerCase());
    if (campaign !== undefined) query = query.where('campaign', '=', campaign);
    const page = await query.orderBy('id').limit(PAGE).execute();
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}
