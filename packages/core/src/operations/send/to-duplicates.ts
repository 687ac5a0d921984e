import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { Db } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import type { Message } from '../../storage/tables/message.ts';
import type { SendResult } from '../outcome.ts';

/** Tells callers which messages they already made, and how those stand; one look-up for all. */
export async function toDuplicates<T>(
  db: Db,
  ctx: Context,
  earlier: ReadonlyMap<T, Delivery>,
): Promise<ReadonlyMap<T, SendResult>> {
  if (earlier.size === 0) return new Map();
  const ids = new Set([...earlier.values()].map((row) => row.message_id));
  const rows = await db
    .selectFrom('message')
    .select(['id', 'thread_id', 'to_addresses'])
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', [...ids])
    .execute();
  const messages = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    [...earlier].map(([key, row]) => {
      const message = messages.get(row.message_id);
      if (message === undefined) throw new MailwardenError('INTERNAL');
      return [key, toDuplicate(row, message)];
    }),
  );
}

function toDuplicate(
  { message_id, state, reason_code }: Delivery,
  message: Pick<Message, 'thread_id' | 'to_addresses'>,
): SendResult {
  return {
    status: 'duplicate',
    messageId: message_id,
    threadId: message.thread_id,
    to: JSON.parse(message.to_addresses) as string[],
    code: 'DUPLICATE',
    reason: `This message exists already and is ${state} (${reason_code}); nothing more was sent. Do not repeat it.`,
  };
}
