import { appendEvents } from '../events/append-event.ts';
import { parseAddress } from '../identity/address.ts';
import { ERASED } from '../rights/erased.ts';
import { settleStopRequests } from '../stop-requests/settle-stop-requests.ts';
import type { Tx } from '../storage/database.ts';
import { suppress, suppressCanonical } from '../suppression/suppress.ts';
import type { UnsubscribeTarget } from './find-unsubscribe-target.ts';
import type { UnsubscribeContext } from './unsubscribe-context.ts';

/** Whose mail somebody wants no more of. */
export type UnsubscribeSubject = Pick<
  UnsubscribeTarget,
  'deliveryId' | 'messageId' | 'mailbox' | 'recipient' | 'canonical' | 'senderId'
>;

/** What the recipient asked for, and through which door. */
export interface UnsubscribeWish {
  readonly scope: string;
  readonly via: 'one-click' | 'page' | 'mailto' | 'reply' | 'report' | 'review' | 'provider';
  /** Who read the request, when a person did. */
  readonly reviewer?: string;
}

/**
 * Suppression, mark on the delivery and event, through whichever door it came: the same again when
 * it is repeated. Returns whether something changed.
 */
export async function recordUnsubscribe(
  tx: Tx,
  ctx: Pick<UnsubscribeContext, 'tenant' | 'storage' | 'keys' | 'now'>,
  target: UnsubscribeSubject,
  { scope, via, reviewer }: UnsubscribeWish,
): Promise<boolean> {
  const { senderId, recipient, canonical } = target;
  const source = reviewer === undefined ? via : `reviewer:${reviewer}`;
  const actor = reviewer === undefined ? 'recipient' : source;
  const what = { scope, senderId, reason: 'unsubscribe', source } as const;
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
  if (scope === 'marketing' || scope === 'all') {
    const canonicals =
      recipient === ERASED ? [canonical] : ctx.keys.identify(parseAddress(recipient)).allCanonical;
    await settleStopRequests(tx, ctx, { canonicals, senderId, decision: 'stop', by: actor });
  }
  if (!added && marked === undefined) return false;
  await appendEvents(tx, ctx.tenant, [
    {
      at,
      type: 'recipient.unsubscribed',
      actor,
      mailbox: target.mailbox,
      messageId: target.messageId,
      deliveryId: target.deliveryId,
      data: { scope, via },
    },
  ]);
  return true;
}
