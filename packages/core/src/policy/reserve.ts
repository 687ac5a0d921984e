import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { ReservationSubject } from './load-budgets.ts';

/** Takes one place in a rolling limit for each delivery; the caller holds the limit's lock (P7). */
export async function reserve(
  tx: Tx,
  ctx: Context,
  { kind, subject }: ReservationSubject,
  deliveries: readonly { readonly id: string }[],
): Promise<void> {
  if (deliveries.length === 0) return;
  const rows = deliveries.map((delivery) => ({
    tenant: ctx.tenant,
    id: uuidv7(),
    kind,
    subject,
    delivery_id: delivery.id,
    at: ctx.now(),
  }));
  await tx.insertInto('reservation').values(rows).execute();
}

/** Gives back what a claim reserved, when no attempt reached DATA. */
export async function releaseWire(tx: Tx, ctx: Context, deliveryId: string): Promise<void> {
  await tx
    .deleteFrom('reservation')
    .where('tenant', '=', ctx.tenant)
    .where('kind', '=', 'wire:mailbox')
    .where('delivery_id', '=', deliveryId)
    .execute();
}
