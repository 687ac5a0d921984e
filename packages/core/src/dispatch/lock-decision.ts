import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { lockMailboxes } from './lock-mailboxes.ts';

/** Takes the right to decide about these deliveries: their recipients, then their mailboxes. */
export async function lockDecision(
  tx: Tx,
  ctx: Context,
  deliveries: readonly Delivery[],
): Promise<void> {
  await lockRecipients(
    tx,
    ctx,
    deliveries.map(({ recipient }) => ctx.keys.identify(recipient as Address)),
  );
  await lockMailboxes(
    tx,
    ctx,
    deliveries.map(({ mailbox }) => mailbox),
  );
}
