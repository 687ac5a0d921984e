import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';

/** All deliveries of these messages, locked where rows can be. */
export async function lockDeliveries(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'storage'>,
  messageIds: readonly string[],
): Promise<readonly Delivery[]> {
  if (messageIds.length === 0) return [];
  const query = tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', 'in', messageIds);
  // Asked for the order of a primary key, SQLite reads the whole table along it; locks need one.
  const locks = ctx.storage.capabilities.supportsRowLocks;
  return (locks ? query.orderBy('id').forUpdate() : query).execute();
}
