import type { Context, Mailbox } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import { addTags } from '../messages/add-tags.ts';
import { listTags } from '../messages/list-tags.ts';
import type { Tx } from '../storage/database.ts';
import type { Ancestor } from './find-ancestors.ts';
import { findAnswered } from './find-answered.ts';
import type { InboundMessage } from './inbound-message.ts';

/** A stored message and the mail of ours that it answers. */
export interface Reply {
  readonly id: string;
  readonly at: number;
  readonly mailbox: Mailbox;
  readonly parsed: InboundMessage;
  readonly answered: Ancestor | undefined;
}

/**
 * Joins what a person answered to what was sent: the delivery to this person is marked as replied
 * to, and the message gets the tags of the sent one, owned by `thread`. Automatic mail is no reply.
 */
export async function linkReply(tx: Tx, ctx: Context, reply: Reply): Promise<void> {
  const { answered, parsed } = reply;
  if (answered === undefined || parsed.loop.autoSubmitted) return;
  const tags = await listTags(tx, ctx, 'message', answered.id);
  const subjects = [{ kind: 'message' as const, id: reply.id }];
  await addTags(tx, ctx.tenant, { subjects, tags, owner: 'thread', at: reply.at });
  const deliveryId = await markReplied(tx, ctx, reply, answered.id);
  if (deliveryId === undefined) return;
  await appendEvents(tx, ctx.tenant, [
    {
      at: ctx.now(),
      type: 'delivery.replied',
      actor: 'recipient',
      mailbox: reply.mailbox.address,
      messageId: answered.id,
      deliveryId,
      data: { replyId: reply.id },
    },
  ]);
}

async function markReplied(
  tx: Tx,
  ctx: Context,
  { at, parsed }: Reply,
  messageId: string,
): Promise<string | undefined> {
  const row = await findAnswered(tx, ctx, parsed, messageId);
  if (row === undefined) return undefined;
  const updated = await tx
    .updateTable('delivery')
    .set({ replied_at: at, updated_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', row.id)
    .where('replied_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return updated?.id;
}
