import type { Context } from '../context.ts';
import { type Address, findAddress } from '../identity/address.ts';
import { parseInboundFacts } from '../inbound/inbound-facts.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';
import { quotesThread } from './conversation/quotes-thread.ts';
import type { ThreadFacts } from './facts.ts';
import { isSameHouse } from './is-same-house.ts';

const DAY = 86_400_000;

/** The message that is answered and what has happened in its thread. */
export async function loadThreadFacts(
  db: Db,
  ctx: Context,
  content: OutboundContent & { readonly parentId: string },
): Promise<ThreadFacts | undefined> {
  const parent = await db
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', content.parentId)
    .executeTakeFirst();
  if (parent === undefined) return undefined;
  // Writing after one's own mail counts as an answer in the thread, and nobody has proved anything.
  const facts =
    parent.direction === 'inbound'
      ? parseInboundFacts(parent.inbound_facts)
      : { authenticated: false, loopSigns: [] };
  const asked = [...content.to, ...content.cc, ...content.bcc];
  const wrote = await findWriters(db, ctx, content.threadId);
  const named = await findReplyTo(db, ctx, parent);
  const others = asked.filter(
    (address) => address === named?.address || !wrote.has(address.toLowerCase()),
  );
  const isNamed = others.length > 0 && others.every((address) => address === named?.address);
  const humanRepliedAt = await findHumanReply(db, ctx, parent);
  return {
    parentFrom: parent.from_address as Address,
    parentAuthenticated: facts.authenticated,
    loopSigns: facts.loopSigns,
    agentRepliesToday: await countAgentReplies(db, ctx, content),
    ...(humanRepliedAt === undefined ? {} : { humanRepliedAt }),
    quotesThread: await quotesThread(db, ctx, content.threadId, content.body),
    recipientsWroteHere: others.length === 0 || (isNamed && named?.vouched === true),
    ...(isNamed && named?.vouched === false ? { replyToElsewhere: named.address } : {}),
  };
}

/** The newest mail of a person from this mailbox, by the Sent folder, since the one that is answered. */
async function findHumanReply(db: Db, ctx: Context, parent: Message): Promise<number | undefined> {
  const row = await db
    .selectFrom('message')
    .select('created_at')
    .where('tenant', '=', ctx.tenant)
    .where('thread_id', '=', parent.thread_id)
    .where('created_at', '>=', parent.created_at)
    .where('direction', '=', 'inbound')
    .where('in_sent_folder', '=', 1)
    .where('id', '!=', parent.id)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : Number(row.created_at);
}

/**
 * Another address than the sender's that a message wants its answer at (RFC 5322 §3.6.2). `vouched`:
 * the operator's own server proved the sender, and the address is of the same house or has proved
 * itself in this thread. Anybody can put anybody into Reply-To, and forge mail of theirs before.
 */
async function findReplyTo(
  db: Db,
  ctx: Context,
  parent: Message,
): Promise<{ readonly address: Address; readonly vouched: boolean } | undefined> {
  const { reply_to: address, from_address: from } = parent;
  if (parent.direction !== 'inbound' || address === null) return undefined;
  if (address.toLowerCase() === from.toLowerCase()) return undefined;
  const named = { address: address as Address };
  if (!parseInboundFacts(parent.inbound_facts).authenticated) return { ...named, vouched: false };
  const sender = findAddress(from);
  if (sender !== undefined && isSameHouse(sender, named.address))
    return { ...named, vouched: true };
  const rows = await db
    .selectFrom('message')
    .select(['from_address', 'inbound_facts'])
    .where('tenant', '=', ctx.tenant)
    .where('thread_id', '=', parent.thread_id)
    .where('direction', '=', 'inbound')
    .execute();
  const vouched = rows.some(
    (row) =>
      row.from_address.toLowerCase() === address.toLowerCase() &&
      parseInboundFacts(row.inbound_facts).authenticated,
  );
  return { ...named, vouched };
}

/** Whether an answer to this message goes to nobody but people of its thread. */
export async function answersThread(
  db: Db,
  ctx: Context,
  parent: Message,
  recipients: readonly Address[],
): Promise<boolean> {
  if (parent.direction !== 'inbound') return false;
  const wrote = await findWriters(db, ctx, parent.thread_id);
  return recipients.every(
    (address) => wrote.has(address.toLowerCase()) || address === parent.reply_to,
  );
}

/** Addresses, in lower case, from which mail came in this thread. */
async function findWriters(db: Db, ctx: Context, threadId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('message')
    .select('from_address')
    .distinct()
    .where('tenant', '=', ctx.tenant)
    .where('thread_id', '=', threadId)
    .where('direction', '=', 'inbound')
    // A colleague under another name of theirs is nobody who wrote to us.
    .where('in_sent_folder', '=', 0)
    .execute();
  return new Set(rows.map((row) => row.from_address.toLowerCase()));
}

async function countAgentReplies(
  db: Db,
  ctx: Context,
  { id, threadId }: OutboundContent,
): Promise<number> {
  const row = await db
    .selectFrom('message')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('message.tenant', '=', ctx.tenant)
    .where('message.thread_id', '=', threadId)
    .where('message.id', '!=', id)
    .where('message.agent', 'is not', null)
    .where('message.in_reply_to', 'is not', null)
    .where('message.created_at', '>', ctx.now() - DAY)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('delivery')
          .select('delivery.id')
          .whereRef('delivery.tenant', '=', 'message.tenant')
          .whereRef('delivery.message_id', '=', 'message.id')
          .where('delivery.state', 'not in', ['blocked', 'rejected', 'cancelled', 'expired']),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
