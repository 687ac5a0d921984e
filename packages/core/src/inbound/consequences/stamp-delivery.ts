import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';

/** What became of mail that was sent, as a time on it and an event. */
export interface Stamp {
  readonly times: Partial<Pick<Delivery, 'bounced_at' | 'delivered_at' | 'complained_at'>>;
  readonly type: 'delivery.bounced' | 'delivery.delivered' | 'delivery.complained';
  /** Ids and codes. */
  readonly data: Readonly<Record<string, string | number | boolean>>;
  readonly actor: 'system' | 'recipient';
}

/** Sets the times, which are never changed afterwards, and tells of it. */
export async function stampDelivery(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  { id, message_id, mailbox }: Delivery,
  { times, type, data, actor }: Stamp,
): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ ...times, updated_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id)
    .execute();
  const subject = { mailbox, messageId: message_id, deliveryId: id };
  await appendEvents(tx, ctx.tenant, [{ at: ctx.now(), type, actor, ...subject, data }]);
}
