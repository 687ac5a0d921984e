import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import { noteAbsence } from '../../preferences/note-absence.ts';
import type { Tx } from '../../storage/database.ts';
import type { AutoReply } from '../auto-reply.ts';
import type { Ancestor } from '../find-ancestors.ts';
import { findAnswered } from '../find-answered.ts';
import type { Arrival } from './arrival.ts';

/**
 * An automatic answer is neither a reply nor a bounce. Of the recipient's absence the event says until
 * when; marketing to them waits for it where their server proved that it is theirs, because anybody
 * can write that somebody is away.
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
  if (until !== undefined && parsed.from !== undefined && parsed.authentication.dmarc === 'pass') {
    const person = ctx.keys.identify(parsed.from.address);
    await noteAbsence(tx, ctx, person, { senderId: delivery.sender_id, until });
  }
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
