import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import type { Tx } from '../storage/database.ts';

/** Somebody who writes to us or is written to. */
export interface NewContact {
  readonly address: Address;
  readonly name?: string | undefined;
}

/** Finds or makes a contact for each address; the map goes from address to contact id. */
export async function upsertContacts(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'keys' | 'now'>,
  people: readonly NewContact[],
): Promise<ReadonlyMap<Address, string>> {
  const ids = new Map<Address, string>();
  if (people.length === 0) return ids;
  const at = ctx.now();
  const rows = people.map(({ address, name }) => {
    const identity = ctx.keys.identify(address);
    return {
      tenant: ctx.tenant,
      id: uuidv7(),
      address,
      exact: identity.exact,
      canonical: identity.canonical,
      name: name ?? null,
      attributes: '{}',
      created_at: at,
      updated_at: at,
    };
  });
  await tx
    .insertInto('contact')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['tenant', 'exact']).doNothing())
    .execute();
  const found = await tx
    .selectFrom('contact')
    .select(['id', 'exact'])
    .where('tenant', '=', ctx.tenant)
    .where(
      'exact',
      'in',
      rows.map((row) => row.exact),
    )
    .execute();
  const byExact = new Map(found.map((row) => [row.exact, row.id]));
  for (const row of rows) ids.set(row.address, byExact.get(row.exact) ?? row.id);
  return ids;
}
