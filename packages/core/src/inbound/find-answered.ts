import type { Context } from '../context.ts';
import type { Db } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { InboundMessage } from './inbound-message.ts';

/** The delivery of a message to whoever wrote; somebody else in the thread answers for nobody. */
export async function findAnswered(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'keys'>,
  { from }: InboundMessage,
  messageId: string,
): Promise<Delivery | undefined> {
  if (from === undefined) return undefined;
  const { allExact, allCanonical } = ctx.keys.identify(from.address);
  const rows = await db
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', messageId)
    .where((eb) =>
      eb.or([eb('recipient_exact', 'in', allExact), eb('recipient_canonical', 'in', allCanonical)]),
    )
    .execute();
  return rows.find(({ recipient_exact }) => allExact.includes(recipient_exact)) ?? rows[0];
}
