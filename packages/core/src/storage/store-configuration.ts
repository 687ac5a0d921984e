import type { Mailbox } from '../context.ts';
import type { Tx } from './database.ts';

/** Makes the rows that the code's mailboxes and senders lock and refer to. */
export async function storeConfiguration(
  tx: Tx,
  tenant: string,
  mailboxes: ReadonlyMap<string, Mailbox>,
  at: number,
): Promise<void> {
  for (const { address, sender } of mailboxes.values()) {
    if (sender !== undefined) await storeSender(tx, tenant, sender, at);
    await tx
      .insertInto('mailbox')
      .values({
        tenant,
        address,
        sender_id: sender?.id ?? null,
        mode: null,
        mode_by: null,
        mode_reason: null,
        mode_until: null,
        updated_at: at,
      })
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'address']).doUpdateSet({ sender_id: sender?.id ?? null }),
      )
      .execute();
  }
}

async function storeSender(
  tx: Tx,
  tenant: string,
  sender: NonNullable<Mailbox['sender']>,
  at: number,
): Promise<void> {
  const row = {
    legal_name: sender.legalName,
    postal_address: sender.postalAddress,
    updated_at: at,
  };
  await tx
    .insertInto('sender')
    .values({ tenant, id: sender.id, ...row })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet(row))
    .execute();
}
