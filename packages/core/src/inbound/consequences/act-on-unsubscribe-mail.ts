import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';
import { findUnsubscribeTarget } from '../../unsubscribe/find-unsubscribe-target.ts';
import { recordUnsubscribe } from '../../unsubscribe/record-unsubscribe.ts';
import type { Arrival } from './arrival.ts';

/** What the `mailto:` of List-Unsubscribe makes a mail client write. */
export const UNSUBSCRIBE_SUBJECT = /^\s*unsubscribe[\s:+]+([\w-]{20,300})\s*$/i;

/**
 * Mail that a client sent for its reader by the `mailto:` of List-Unsubscribe: the token in its
 * subject names the delivery, so that nothing else in it matters. Returns whether it changed
 * something; `undefined` when it is another mail.
 */
export async function actOnUnsubscribeMail(
  tx: Tx,
  ctx: Context,
  { parsed }: Arrival,
): Promise<boolean | undefined> {
  const [, token] = UNSUBSCRIBE_SUBJECT.exec(parsed.subject) ?? [];
  const deliveryId = token === undefined ? undefined : ctx.keys.readToken('unsubscribe', token);
  if (deliveryId === undefined) return undefined;
  const target = await findUnsubscribeTarget(tx, ctx, deliveryId);
  if (target === undefined) return undefined;
  return recordUnsubscribe(tx, ctx, target, { scope: 'marketing', via: 'mailto' });
}
