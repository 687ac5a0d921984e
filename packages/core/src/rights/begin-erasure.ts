import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import type { Tx } from '../storage/database.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { suppressErased } from '../suppression/suppress-erased.ts';
import type { BegunErasure } from './carry-out-erasure.ts';
import { eraseKeyed, type KeyedCounts } from './erase-keyed.ts';
import { findErasures } from './find-erasures.ts';
import type { Person } from './person.ts';

/**
 * The first transaction of an erasure, after which nothing goes out to the person and nothing comes
 * back: it waits for sends to them that are being decided, as a suppression does, and then leaves
 * the tombstone and the suppression and erases what is kept under their HMACs.
 */
export async function beginErasure(
  tx: Tx,
  ctx: Context,
  person: Person & { readonly address: Address },
  reason: string,
): Promise<KeyedCounts & BegunErasure> {
  const identity = ctx.keys.identify(person.address);
  await lockRecipients(tx, ctx, [identity]);
  const before = (await findErasures(tx, ctx.tenant, [identity]))(identity) ?? 0;
  // Each is later than the one before, whatever clocks say: by its time a restored copy is told.
  const at = Math.max(ctx.now(), before + 1);
  const row = await tx
    .insertInto('erasure')
    .values({
      tenant: ctx.tenant,
      canonical: identity.canonical,
      id: uuidv7(),
      key_id: identity.keyId,
      canonicalisation: identity.canonicalisation,
      reason,
      requested_at: at,
      finished_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'canonical'])
        .doUpdateSet({ reason, requested_at: at, finished_at: null }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await suppressErased(tx, ctx, identity, at);
  const counts = await eraseKeyed(tx, ctx, person);
  await appendEvents(tx, ctx.tenant, [
    { at, type: 'person.erasure_begun', actor: 'system', data: { erasureId: row.id } },
  ]);
  return { id: row.id, requestedAt: at, ...counts };
}
