import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';

/** Locks mailbox rows in sorted order, after the recipients: pauses and limits wait for each other. */
export async function lockMailboxes(
  tx: Tx,
  ctx: Context,
  addresses: readonly string[],
): Promise<void> {
  if (!ctx.storage.capabilities.supportsRowLocks || addresses.length === 0) return;
  await tx
    .selectFrom('mailbox')
    .select('address')
    .where('tenant', '=', ctx.tenant)
    .where('address', 'in', [...new Set(addresses)])
    .orderBy('address')
    .forUpdate()
    .execute();
}
