import type { Context } from '../../context.ts';
import type { Db } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import type { SendResult } from '../outcome.ts';

/** Tells the caller which message it already made, and how that one stands. */
export async function toDuplicate(db: Db, ctx: Context, row: Delivery): Promise<SendResult> {
  const message = await db
    .selectFrom('message')
    .select(['thread_id', 'to_addresses'])
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', row.message_id)
    .executeTakeFirstOrThrow();
  return {
    status: 'duplicate',
    messageId: row.message_id,
    threadId: message.thread_id,
    to: JSON.parse(message.to_addresses) as string[],
    code: 'DUPLICATE',
    reason: `This message exists already and is ${row.state} (${row.reason_code}); nothing more was sent. Do not repeat it.`,
  };
}
