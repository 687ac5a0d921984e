import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import { findErased } from '../rights/keep-erased.ts';
import type { Db, Tx } from '../storage/database.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';

/** Somebody who writes to us or is written to. */
export interface NewContact {
  readonly address: Address;
  readonly name?: string | undefined;
}

/**
 * Finds or makes a contact for each address; the map goes from address to contact id. What is known
 * about a contact stays as it is. A contact made under an earlier key is found, too. Nobody whose data
 * was erased is made a contact again: they are missing from the map.
 */
export async function upsertContacts(
  tx: Tx,
  ctx: ContactContext,
  people: readonly NewContact[],
): Promise<ReadonlyMap<Address, string>> {
  const addresses = people.map(({ address }) => address);
  const known = await findContactIds(tx, ctx, addresses);
  if (!(await insertUnknown(tx, ctx, people, known))) return known;
  // Read again: another process may have made one of them meanwhile.
  return findContactIds(tx, ctx, addresses);
}

/** The same for who does not ask which contact is whose. */
export async function addContacts(
  tx: Tx,
  ctx: ContactContext,
  people: readonly NewContact[],
): Promise<void> {
  const addresses = people.map(({ address }) => address);
  await insertUnknown(tx, ctx, people, await findContactIds(tx, ctx, addresses));
}

type ContactContext = Pick<Context, 'tenant' | 'keys' | 'now' | 'storage'>;

/** Returns whether there was anybody to insert. */
async function insertUnknown(
  tx: Tx,
  ctx: ContactContext,
  people: readonly NewContact[],
  known: ReadonlyMap<Address, string>,
): Promise<boolean> {
  const unknown = people.filter(({ address }) => !known.has(address));
  if (unknown.length === 0) return false;
  // An erasure that has begun is waited for; one that comes later finds the contact.
  const asked = unknown.map(({ address }) => address);
  const identities = asked.map((address) => ctx.keys.identify(address));
  await lockRecipients(tx, ctx, identities);
  const erased = await findErased(tx, ctx, asked);
  const missing = unknown.filter(({ address }) => !erased.has(address));
  if (missing.length === 0) return false;
  const at = ctx.now();
  const rows = missing.map(({ address, name }) => {
    const { exact, canonical } = ctx.keys.identify(address);
    const times = { created_at: at, updated_at: at };
    const base = { tenant: ctx.tenant, id: uuidv7(), attributes: '{}', ...times };
    return { ...base, address, exact, canonical, name: name ?? null };
  });
  await tx
    .insertInto('contact')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['tenant', 'exact']).doNothing())
    .execute();
  return true;
}

async function findContactIds(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'keys'>,
  addresses: readonly Address[],
): Promise<ReadonlyMap<Address, string>> {
  if (addresses.length === 0) return new Map();
  const hmacs = new Map(addresses.map((address) => [address, ctx.keys.identify(address).allExact]));
  const rows = await db
    .selectFrom('contact')
    .select(['id', 'exact'])
    .where('tenant', '=', ctx.tenant)
    .where('exact', 'in', [...hmacs.values()].flat())
    .execute();
  const byExact = new Map(rows.map(({ id, exact }) => [exact, id]));
  return new Map(
    [...hmacs].flatMap(([address, all]) => {
      const id = all.map((exact) => byExact.get(exact)).find((found) => found !== undefined);
      return id === undefined ? [] : [[address, id] as const];
    }),
  );
}
