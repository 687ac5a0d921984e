import { hasSlot } from '../compose/has-slot.ts';
import type { Context, Mailbox } from '../context.ts';
import { buildMessage } from '../dispatch/build-message.ts';
import type { Inbox } from '../inbound/inbox.ts';
import { readMessages } from '../messages/read-messages.ts';
import { toOutboundContent } from '../messages/to-outbound-content.ts';
import type { Message } from '../storage/tables/message.ts';
import { endCopy } from './end-copy.ts';
import { type TakenCopy, takeCopies } from './take-copies.ts';

/** Copies that are made between two looks at the inbox. */
const BATCH = 50;
const MINUTE = 60_000;
/** Longest wait between two tries, and how long there are any, ms. */
const LONGEST_WAIT = 60 * MINUTE;
const TRIED_FOR = 3 * 24 * 60 * MINUTE;

/**
 * Puts copies of mail that was sent into the Sent folder of a login, which looks for each first: a
 * copy that was made before a crash, or by the provider, is enough. A fault is reported, and the copy
 * tried again later. Returns whether there may be more at once.
 */
export async function copySent(
  ctx: Context,
  login: Mailbox,
  signal?: AbortSignal,
): Promise<boolean> {
  const { inbox } = login;
  if (inbox?.keepCopy === undefined) return false;
  const served = [...ctx.mailboxes.values()].flatMap(({ address, receiver }) =>
    receiver === login.address ? address : [],
  );
  const taken = await takeCopies(ctx, served, BATCH);
  for (const [at, copy] of taken.entries()) {
    try {
      if (signal?.aborted === true) throw signal.reason;
      await copyOne(ctx, inbox, copy);
    } catch (error) {
      if (signal?.aborted !== true) ctx.report(error);
      await putOff(ctx, taken.slice(at));
      return false;
    }
  }
  return taken.length === BATCH;
}

async function copyOne(ctx: Context, inbox: Inbox, copy: TakenCopy): Promise<void> {
  const message = await findWanted(ctx, copy);
  if (message === undefined) return endCopy(ctx, copy, {});
  const [delivery] = copy.deliveries;
  const outcome = await inbox.keepCopy?.({
    internetMessageId: message.internet_message_id,
    mailwardenId: ctx.keys.createToken('message', message.id),
    sentAt: toSentAt(copy),
    async load() {
      // Asked again: the folder may have been waited for, and the data been erased meanwhile.
      const still = await findWanted(ctx, copy);
      const mailbox = ctx.mailboxes.get(delivery.mailbox);
      if (still === undefined || mailbox === undefined) return undefined;
      return (await buildMessage(ctx, { message: still, mailbox, deliveries: copy.deliveries }))
        .raw;
    },
  });
  await endCopy(ctx, copy, { isThere: outcome === 'stored' || outcome === 'found' });
}

/** The message, as long as this process has to copy it. */
async function findWanted(
  ctx: Context,
  { messageId, deliveries, lease }: TakenCopy,
): Promise<Message | undefined> {
  const row = await ctx.storage.db
    .selectFrom('delivery')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', deliveries[0].id)
    .where('copy_due_at', '=', lease)
    .executeTakeFirst();
  const [message] = await readMessages(ctx.storage.db, ctx, [messageId]);
  if (row === undefined || message === undefined || message.erased_at !== null) return undefined;
  if (message.in_sent_folder === 1) return undefined;
  // A link that confirms is the recipient's alone.
  return hasSlot('confirm', toOutboundContent(message)) ? undefined : message;
}

/** The first one failed; the others wait with it, so that a server that is down is asked once. */
async function putOff(ctx: Context, copies: readonly TakenCopy[]): Promise<void> {
  for (const [at, copy] of copies.entries()) {
    const age = ctx.now() - toSentAt(copy);
    const wait = at === 0 ? Math.min(LONGEST_WAIT, Math.max(MINUTE, age / 2)) : MINUTE;
    const dueAt = age > TRIED_FOR ? null : Math.round(ctx.now() + wait);
    await endCopy(ctx, copy, { dueAt });
  }
}

function toSentAt({ deliveries: [{ sent_at, updated_at }] }: TakenCopy): number {
  return sent_at ?? updated_at;
}
