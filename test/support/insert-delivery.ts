import { randomUUID } from 'node:crypto';
import { parseAddress } from '../../packages/core/src/identity/address.ts';
import type { KeyRing } from '../../packages/core/src/keys/key-ring.ts';
import type { Storage } from '../../packages/core/src/storage/database.ts';
import type { NewDelivery } from '../../packages/core/src/storage/tables/delivery.ts';
import type { NewMessage } from '../../packages/core/src/storage/tables/message.ts';

/** What a test says about the delivery; the rest is a sent marketing message of `acme`. */
export interface GivenDelivery {
  readonly recipient: string;
  readonly keys: KeyRing;
  readonly message?: Partial<NewMessage>;
  readonly delivery?: Partial<NewDelivery>;
}

/** Inserts a message with one delivery, below every operation; gives the delivery's id. */
export async function insertDelivery(storage: Storage, given: GivenDelivery): Promise<string> {
  const recipient = parseAddress(given.recipient);
  const message = { ...MESSAGE, id: randomUUID(), ...given.message };
  const { exact, canonical } = given.keys.identify(recipient);
  const delivery = {
    ...DELIVERY,
    id: randomUUID(),
    message_id: message.id,
    recipient,
    recipient_exact: exact,
    recipient_canonical: canonical,
    ...given.delivery,
  };
  await storage.unit(async (tx) => {
    await tx.insertInto('message').values(message).execute();
    await tx.insertInto('delivery').values(delivery).execute();
  });
  return delivery.id;
}

const MESSAGE: Omit<NewMessage, 'id'> = {
  tenant: 'default',
  mailbox: 'news@acme.example',
  direction: 'outbound',
  thread_id: 'thread-1',
  internet_message_id: 'one@acme.example',
  reference_ids: '[]',
  from_address: 'news@acme.example',
  to_addresses: '["alice@example.com"]',
  cc_addresses: '[]',
  bcc_addresses: '[]',
  subject: 'News',
  text: 'News',
  headers: '[]',
  attachments: '[]',
  revision: 1,
  round: 0,
  policy_epoch: 1,
  review_warned: 0,
  quarantined: 0,
  auto_submitted: 0,
  created_at: 1,
  updated_at: 1,
};

const DELIVERY = {
  tenant: 'default',
  mailbox: 'news@acme.example',
  sender_id: 'acme',
  field: 'to',
  state: 'sent',
  reason_code: 'SENT',
  reason: 'Accepted by the next hop.',
  category: 'marketing',
  due_at: 1,
  fence: 1,
  attempts: 1,
  request_digest: 'digest',
  content_fingerprint: 'fingerprint',
  policy_epoch: 1,
  first_contact: 0,
  created_at: 1,
  updated_at: 1,
} satisfies Partial<NewDelivery>;
