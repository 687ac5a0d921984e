import type { Context, Mailbox } from '../context.ts';
import { appendEvents, type NewEvent } from '../events/append-event.ts';
import { addTagPairs } from '../messages/add-tags.ts';
import { listTagsOf } from '../messages/list-tags-of.ts';
import type { Tx } from '../storage/database.ts';
import type { Ancestors } from './find-ancestors.ts';
import { listDeliveries, pickAnswered } from './find-answered.ts';
import type { InboundMessage } from './inbound-message.ts';

/** A stored message and the mail of ours that it answers, if any. */
export interface Reply {
  readonly id: string;
  readonly at: number;
  readonly parsed: InboundMessage;
  readonly ancestors: Ancestors;
}

/**
 * Joins what people answered to what was sent: the delivery to this person is marked as replied to,
 * and the message gets the tags of the sent one, owned by `thread`. Automatic mail is no reply.
 */
export async function linkReplies(
  tx: Tx,
  ctx: Context,
  mailbox: Mailbox,
  messages: readonly Reply[],
): Promise<void> {
  const replies = messages.flatMap(({ id, at, parsed, ancestors: { answered } }) =>
    answered === undefined || parsed.loop.autoSubmitted ? [] : [{ id, at, parsed, answered }],
  );
  if (replies.length === 0) return;
  const answeredIds = [...new Set(replies.map(({ answered }) => answered.id))];
  const tags = await listTagsOf(tx, ctx, 'message', answeredIds);
  const pairs = replies.flatMap(({ id, at, answered }) =>
    (tags.get(answered.id) ?? []).map((tag) => ({ kind: 'message' as const, id, tag, at })),
  );
  await addTagPairs(tx, ctx.tenant, pairs, { owner: 'thread', at: ctx.now() });
  const rows = await listDeliveries(tx, ctx, answeredIds);
  const deliveries = Map.groupBy(rows, (row) => row.message_id);
  const events: NewEvent[] = [];
  for (const { id, at, parsed, answered } of replies) {
    const delivery = pickAnswered(ctx, parsed, deliveries.get(answered.id) ?? []);
    if (delivery === undefined || !(await markReplied(tx, ctx, delivery.id, at))) continue;
    events.push({
      at: ctx.now(),
      type: 'delivery.replied',
      actor: 'recipient',
      mailbox: mailbox.address,
      messageId: answered.id,
      deliveryId: delivery.id,
      data: { replyId: id },
    });
  }
  await appendEvents(tx, ctx.tenant, events);
}

/** Once: the first answer counts. */
async function markReplied(tx: Tx, ctx: Context, id: string, at: number): Promise<boolean> {
  const updated = await tx
    .updateTable('delivery')
    .set({ replied_at: at, updated_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id)
    .where('replied_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return updated !== undefined;
}
