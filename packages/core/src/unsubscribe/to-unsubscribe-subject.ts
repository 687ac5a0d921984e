import type { Delivery } from '../storage/tables/delivery.ts';
import type { UnsubscribeSubject } from './record-unsubscribe.ts';

/** Whoever got a delivery, as an unsubscribe needs it. */
export function toUnsubscribeSubject(delivery: Delivery): UnsubscribeSubject {
  return {
    deliveryId: delivery.id,
    messageId: delivery.message_id,
    mailbox: delivery.mailbox,
    recipient: delivery.recipient,
    canonical: delivery.recipient_canonical,
    senderId: delivery.sender_id,
  };
}
