import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import type { Tx } from '../../storage/database.ts';
import type { AutoReply } from '../auto-reply.ts';

import type { Ancestor } from '../find-ancestors.ts';
import { findAnswered } from '../find-answered.ts';
import type { Arrival } from './arrival.ts';

/**
 * An automatic answer is neither a reply nor a bounce: nothing changes. Of the recipient's absence
 * the event says until when, so that the next mail can wait for it.
 */
export async function noteAutoReply(
  tx: Tx,
  ctx: Context,
  { id, parsed }: Arrival,
  { answered, autoReply }: { readonly answered: Ancestor; readonly autoReply: AutoReply },
): Promise<void> {
  const delivery = await findAnswered(tx, ctx, parsed, answered.id);
  if (delivery === undefined) return;
  const { kind, until } = autoReply;
  await appendEvents(tx, ctx.tenant, [
    {
      at: ctx.now(),
      type: 'delivery.auto_replied',
      actor: 'recipient',
      mailbox: delivery.mailbox,
      messageId: answered.id,
      deliveryId: delivery.id,
      data: { replyId: id, autoReply: kind, ...(until === undefined ? {} : { until }) },
    },
  ]);
}
