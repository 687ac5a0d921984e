import type { Context } from '../context.ts';
import { insertResend } from '../deliveries/insert-resend.ts';
import type { Tx } from '../storage/database.ts';
import { lockFree, selectDeliveries } from './lock-envelopes.ts';

/** Time for a late answer, a report or a person to say what became of it, ms. */
export const RESEND_AFTER = 15 * 60_000;

/**
 * Sends once more what ended unknown, in mailboxes whose `onUnknown` says so. Once: what ends unknown
 * a second time waits for a person.
 */
export async function resendLost(tx: Tx, ctx: Context, limit: number): Promise<void> {
  const mailboxes = [...ctx.mailboxes.values()]
    .filter(({ onUnknown }) => onUnknown === 'resend')
    .map(({ address }) => address);
  if (mailboxes.length === 0) return;
  const lost = selectDeliveries(tx, ctx)
    .where('state', '=', 'unknown')
    .where('mailbox', 'in', mailboxes)
    .where('resend_of', 'is', null)
    .where('updated_at', '<=', ctx.now() - RESEND_AFTER)
    // Somebody has heard of it since: what that means is for a person to say.
    .where('delivered_at', 'is', null)
    .where('bounced_at', 'is', null)
    .where('complained_at', 'is', null)
    .where('unsubscribed_at', 'is', null)
    .where('replied_at', 'is', null)
    // It was due before it was tried; the index is by this.
    .where('due_at', '<=', ctx.now() - RESEND_AFTER)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('delivery as second')
            .select('second.id')
            .whereRef('second.tenant', '=', 'delivery.tenant')
            .whereRef('second.resend_of', '=', 'delivery.id'),
        ),
      ),
    )
    .limit(limit);
  for (const row of await lockFree(ctx, lost)) {
    await insertResend(tx, ctx, row, { actor: 'system' });
  }
}
