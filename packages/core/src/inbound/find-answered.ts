import type { Context } from '../context.ts';
import type { Db } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { InboundMessage } from './inbound-message.ts';

/** The delivery of a message to whoever wrote; somebody else in the thread answers for nobody. */
export async function findAnswered(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'keys'>,
  message: InboundMessage,
  messageId: string,
): Promise<Delivery | undefined> {
  return pickAnswered(ctx, message, await listDeliveries(db, ctx, [messageId]));
}

/** All deliveries of some messages. */
export async function listDeliveries(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  messageIds: readonly string[],
): Promise<readonly Delivery[]> {
  if (messageIds.length === 0) return [];
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', 'in', messageIds)
    .execute();
}

/** Of one message's deliveries the one to whoever wrote. */
export function pickAnswered(
  ctx: Pick<Context, 'keys'>,
  { from }: InboundMessage,
  rows: readonly Delivery[],
): Delivery | undefined {
  if (from === undefined) return undefined;
  const { allExact, allCanonical } = ctx.keys.identify(from.address);
  return (
    rows.find(({ recipient_exact }) => allExact.includes(recipient_exact)) ??
    rows.find(({ recipient_canonical }) => allCanonical.includes(recipient_canonical))
  );
}
