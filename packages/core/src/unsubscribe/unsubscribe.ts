import { appendEvents } from '../events/append-event.ts';
import { parseAddress } from '../identity/address.ts';
import { ERASED } from '../rights/erased.ts';
import { suppress, suppressCanonical } from '../suppression/suppress.ts';
import type { UnsubscribeTarget } from './find-unsubscribe-target.ts';
import type { UnsubscribeContext } from './unsubscribe-context.ts';

/** What the recipient asked for, and through which door. */
export interface UnsubscribeWish {
  readonly scope: string;
  readonly via: 'one-click' | 'page';
}

/**
 * Suppression, mark on the delivery and event in one unit; resolves after its commit and, when there
 * is a suppression journal, after that has it too. Asked again it changes nothing.
 */
export async function unsubscribe(
  ctx: UnsubscribeContext,
  target: UnsubscribeTarget,
  { scope, via }: UnsubscribeWish,
): Promise<void> {
  await ctx.storage.unit(async (tx) => {
    const { senderId, recipient, canonical } = target;
    const what = { scope, senderId, reason: 'unsubscribe', source: via } as const;
    const { added } =
      recipient === ERASED
        ? await suppressCanonical(tx, ctx, { ...what, canonical })
        : await suppress(tx, ctx, { ...what, address: parseAddress(recipient) });
    const at = ctx.now();
    const marked = await tx
      .updateTable('delivery')
      .set({ unsubscribed_at: at, updated_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', target.deliveryId)
      .where('unsubscribed_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!added && marked === undefined) return;
    await appendEvents(tx, ctx.tenant, [
      {
        at,
        type: 'recipient.unsubscribed',
        actor: 'recipient',
        mailbox: target.mailbox,
        messageId: target.messageId,
        deliveryId: target.deliveryId,
        data: { scope, via },
      },
    ]);
  });
  await ctx.journal?.flush();
}
