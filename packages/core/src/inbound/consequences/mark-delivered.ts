import type { Context } from '../../context.ts';
import { transition } from '../../deliveries/transition.ts';
import { toCopy } from '../../sent-copies/to-copy.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import type { DeliveryAction } from '../delivery-status/delivery-status.ts';
import type { ReportSource } from './report-source.ts';
import { stampDelivery } from './stamp-delivery.ts';

/** A report says that mail arrived, or went on: an `unknown` delivery was sent. */
export async function markDelivered(
  tx: Tx,
  ctx: Context,
  by: ReportSource,
  { delivery, action }: { readonly delivery: Delivery; readonly action: DeliveryAction },
): Promise<void> {
  const data = { ...by.data, action };
  if (delivery.state === 'unknown') {
    const code = action.toUpperCase();
    const reason = 'A report says that the message arrived.';
    const move = { from: delivery, to: 'sent', code, reason, data } as const;
    const patch = { sent_at: by.at, ...toCopy(ctx, delivery) };
    await transition(tx, { ...move, actor: 'system', at: ctx.now(), patch });
  }
  // Beyond a relay nobody reports: it went on, and that is all that is known.
  if (action === 'relayed' || delivery.delivered_at !== null) return;
  const stamp = { times: { delivered_at: by.at }, type: 'delivery.delivered' } as const;
  await stampDelivery(tx, ctx, delivery, { ...stamp, data, actor: 'system' });
}
