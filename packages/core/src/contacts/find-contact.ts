import type { Context } from '../context.ts';
import { findAddress } from '../identity/address.ts';
import type { Tx } from '../storage/database.ts';
import type { Contact } from '../storage/tables/people.ts';
import { upsertContacts } from './upsert-contacts.ts';

/** A contact by its id, or by its address, which makes it one; `undefined` for an unknown id. */
export async function findContact(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'keys' | 'now' | 'storage'>,
  idOrAddress: string,
): Promise<Contact | undefined> {
  const address = findAddress(idOrAddress);
  const id =
    address === undefined
      ? idOrAddress
      : (await upsertContacts(tx, ctx, [{ address }])).get(address);
  return tx
    .selectFrom('contact')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id ?? '')
    .executeTakeFirst();
}
