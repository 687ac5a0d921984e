import type { Db } from '../storage/database.ts';
import type { UnsubscribeContext } from './unsubscribe-context.ts';

/** The delivery that a token names, and whose mail it is. */
export interface UnsubscribeTarget {
  readonly deliveryId: string;
  readonly messageId: string;
  readonly mailbox: string;
  /** `[erased]` when only the HMAC is left. */
  readonly recipient: string;
  readonly canonical: string;
  readonly topic: string | null;
  readonly senderId: string;
  readonly sender: { readonly legalName: string; readonly postalAddress: string };
}

/** Loads what the page shows and the suppression needs; undefined when there is no such delivery. */
export async function findUnsubscribeTarget(
  db: Db,
  ctx: Pick<UnsubscribeContext, 'tenant' | 'mailboxes'>,
  deliveryId: string,
): Promise<UnsubscribeTarget | undefined> {
  const row = await db
    .selectFrom('delivery')
    .leftJoin('sender', (join) =>
      join
        .onRef('sender.tenant', '=', 'delivery.tenant')
        .onRef('sender.id', '=', 'delivery.sender_id'),
    )
    .select([
      'delivery.id',
      'delivery.message_id',
      'delivery.mailbox',
      'delivery.recipient',
      'delivery.recipient_canonical',
      'delivery.topic',
      'delivery.sender_id',
      'sender.legal_name',
      'sender.postal_address',
    ])
    .where('delivery.tenant', '=', ctx.tenant)
    .where('delivery.id', '=', deliveryId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const declared = [...ctx.mailboxes.values()].find(({ sender }) => sender?.id === row.sender_id);
  return {
    deliveryId: row.id,
    messageId: row.message_id,
    mailbox: row.mailbox,
    recipient: row.recipient,
    canonical: row.recipient_canonical,
    topic: row.topic,
    senderId: row.sender_id,
    sender: {
      legalName: declared?.sender?.legalName ?? row.legal_name ?? row.mailbox,
      postalAddress: declared?.sender?.postalAddress ?? row.postal_address ?? '',
    },
  };
}
