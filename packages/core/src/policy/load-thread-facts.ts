import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import { parseInboundFacts } from '../inbound/inbound-facts.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import type { Db } from '../storage/database.ts';
import type { ThreadFacts } from './facts.ts';

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
  const wrote = await findWriters(db, ctx, content.threadId);
  return {
    parentFrom: parent.from_address as Address,
    parentAuthenticated: facts.authenticated,
    loopSigns: facts.loopSigns,
    agentRepliesToday: await countAgentReplies(db, ctx, content),
    recipientsWroteHere: [...content.to, ...content.cc, ...content.bcc].every((address) =>
      wrote.has(address.toLowerCase()),
    ),
  };
}

/** Addresses, in lower case, from which mail came in this thread. */
export async function findWriters(
  db: Db,
  ctx: Context,
  threadId: string,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('message')
    .select('from_address')
    .distinct()
    .where('tenant', '=', ctx.tenant)
    .where('thread_id', '=', threadId)
    .where('direction', '=', 'inbound')
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
