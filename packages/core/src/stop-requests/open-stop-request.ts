import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import { CANONICALISATION_VERSION } from '../keys/canonical-address.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';

/** What somebody wrote about mail of ours. */
export interface PossibleStop {
  /** The inbound message. */
  readonly messageId: string;
  readonly mailbox: string;
  /** What they had from us. */
  readonly delivery: Pick<Delivery, 'id' | 'sender_id' | 'recipient_canonical' | 'mailbox'>;
}

/**
 * Has a person read it; until then marketing to them is held (`UNSUBSCRIBE_INTENT_UNCLEAR`). Each
 * mail is a request of its own: a later one may say what the first did not.
 */
export async function openStopRequest(
  tx: Tx,
  ctx: Context,
  { messageId, mailbox, delivery }: PossibleStop,
): Promise<void> {
  const { recipient_canonical: canonical, sender_id } = delivery;
  const version = { allCanonical: [canonical], canonicalisation: CANONICALISATION_VERSION };
  await lockRecipients(tx, ctx, [version]);
  const id = uuidv7();
  const opened = await tx
    .insertInto('stop_request')
    .values({
      ...{ tenant: ctx.tenant, id, canonical, sender_id, mailbox, message_id: messageId },
      ...{ delivery_id: delivery.id, asked_at: ctx.now() },
      ...{ decision: null, decided_by: null, decided_at: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (opened === undefined) return;
  const data = { requestId: id, code: 'UNSUBSCRIBE_INTENT_UNCLEAR' };
  await appendEvents(tx, ctx.tenant, [
    { at: ctx.now(), type: 'stop_request.opened', actor: 'system', mailbox, messageId, data },
  ]);
}
