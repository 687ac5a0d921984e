import type { Context, Mailbox } from '../context.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { transition } from './transition.ts';

const LIMIT = 100;

/**
 * Settles deliveries of which nobody knew whether the server took them, and whose message lies in the
 * Sent folder: a server that keeps copies keeps one of what it took. Where something of that message
 * was sent, or it was sent once more, the copy may be of that, and a person decides.
 */
export async function settleBySentFolder(ctx: Context, mailbox: Mailbox): Promise<void> {
  const found = await findCopied(ctx.storage.db, ctx, mailbox);
  for (const messageId of new Set(found)) {
    await ctx.storage.unit((tx) => settle(tx, ctx, messageId));
  }
}

async function findCopied(db: Db, ctx: Context, mailbox: Mailbox): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'delivery.tenant')
        .onRef('message.id', '=', 'delivery.message_id'),
    )
    .select('delivery.message_id')
    .where('delivery.tenant', '=', ctx.tenant)
    .where('delivery.state', '=', 'unknown')
    .where('delivery.mailbox', '=', mailbox.address)
    .where('message.in_sent_folder', '=', 1)
    .orderBy('delivery.due_at')
    .orderBy('delivery.id')
    .limit(LIMIT)
    .execute();
  return rows.map(({ message_id }) => message_id);
}

async function settle(tx: Tx, ctx: Context, messageId: string): Promise<void> {
  const query = tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', messageId);
  const locks = ctx.storage.capabilities.supportsRowLocks;
  const rows = await (locks ? query.orderBy('id').forUpdate() : query).execute();
  if (rows.some(mayBeOfAnother)) return;
  for (const from of rows.filter(({ state }) => state === 'unknown')) {
    await transition(tx, {
      from,
      to: 'sent',
      code: 'FOUND_IN_SENT',
      reason: 'A copy lies in the Sent folder.',
      actor: 'system',
      at: ctx.now(),
      patch: { sent_at: from.first_attempt_at ?? ctx.now() },
    });
  }
}

function mayBeOfAnother({ resend_of, state }: Delivery): boolean {
  return resend_of !== null || state === 'sent' || state === 'sending';
}
