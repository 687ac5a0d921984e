import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { ReservationSubject } from './load-budgets.ts';

/** How long a place in a rolling limit is taken, ms. */
const WINDOW = 86_400_000;

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

/** Gives back what earlier claims of these deliveries reserved and no attempt has used. */
export async function releaseWire(
  tx: Tx,
  ctx: Context,
  mailbox: string,
  deliveries: readonly { readonly id: string }[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await tx
    .deleteFrom('reservation')
    .where('tenant', '=', ctx.tenant)
    .where('kind', '=', 'wire:mailbox')
    .where('subject', '=', mailbox)
    // Older ones count no longer; without this every one there ever was would be read.
    .where('at', '>', ctx.now() - WINDOW)
    .where(
      'delivery_id',
      'in',
      deliveries.map((delivery) => delivery.id),
    )
    .execute();
}
