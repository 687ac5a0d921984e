import type { Context } from '../context.ts';
import { type Address, findAddress } from '../identity/address.ts';
import type { Db, Tx } from '../storage/database.ts';
import { eraseMessages } from './erase-messages.ts';
import { findErasures } from './find-erasures.ts';

type ErasureContext = Pick<Context, 'tenant' | 'keys' | 'now'>;

/** Those of some people whose data was erased at or after an instant, epoch ms. */
export async function findErased(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'keys'>,
  addresses: readonly Address[],
  since = 0,
): Promise<ReadonlySet<Address>> {
  if (addresses.length === 0) return new Set();
  const identities = addresses.map((address) => ctx.keys.identify(address));
  const erasedAt = await findErasures(db, ctx.tenant, identities);
  return new Set(
    addresses.filter((address) => (erasedAt(ctx.keys.identify(address)) ?? -1) >= since),
  );
}

/**
 * Empties a message that was just recorded, as far as it is from or to somebody whose data was
 * erased: that it was refused stays on record, and nothing about them. The caller holds the
 * recipients' locks. Returns whether it did.
 */
export async function keepErased(
  tx: Tx,
  ctx: ErasureContext,
  messageId: string,
  erased: ReadonlySet<Address>,
): Promise<boolean> {
  if (erased.size === 0) return false;
  const isPerson = (text: string): boolean => {
    const address = findAddress(text);
    return address !== undefined && erased.has(address);
  };
  await eraseMessages(tx, ctx, { ids: [messageId], isPerson });
  return true;
}
