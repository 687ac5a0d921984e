import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { transition } from './transition.ts';

/**
 * Settles those deliveries of some messages of which nobody knows whether the server took them, where
 * a copy lies in the Sent folder: a server that keeps copies keeps one of what it took. Where something
 * of a message was sent, or it was sent once more, the copy may be of that, and a person decides.
 */
export async function settleBySentFolder(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now' | 'storage'>,
  messageIds: readonly string[],
): Promise<void> {
  if (messageIds.length === 0) return;
  const copied = await tx
    .selectFrom('message')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', messageIds)
    .where('in_sent_folder', '=', 1)
    .execute();
  if (copied.length === 0) return;
  const query = tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where(
      'message_id',
      'in',
      copied.map(({ id }) => id),
    );
  // Asked for the order of a primary key, SQLite reads the whole table along it; locks need one.
  const locks = ctx.storage.capabilities.supportsRowLocks;
  const rows = await (locks ? query.orderBy('id').forUpdate() : query).execute();
  for (const deliveries of Map.groupBy(rows, (row) => row.message_id).values()) {
    if (deliveries.some(mayBeOfAnother)) continue;
    for (const from of deliveries.filter(({ state }) => state === 'unknown')) {
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
}

function mayBeOfAnother({ resend_of, state, attempts }: Delivery): boolean {
  const isResent = resend_of !== null && attempts > 0;
  return isResent || state === 'sent' || state === 'sending';
}
