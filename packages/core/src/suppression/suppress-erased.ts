import { uuidv7 } from 'uuidv7';
import { appendEvents } from '../events/append-event.ts';
import type { RecipientIdentity } from '../keys/key-ring.ts';
import type { Tx } from '../storage/database.ts';
import { insertSuppressions } from './insert-suppressions.ts';
import type { SuppressionContext } from './suppression-context.ts';

/**
 * Keeps all mail from somebody whose data is erased at this moment, epoch ms. When they were erased
 * before, their row gets a new id and time and goes to the journal again: a database that is restored
 * from between the two is told of the second erasure by that line. The caller holds the lock.
 */
export async function suppressErased(
  tx: Tx,
  ctx: SuppressionContext,
  identity: RecipientIdentity,
  at: number,
): Promise<void> {
  const id = uuidv7();
  // Under the first key, as the tombstone is: a row under an older one stays beside it.
  const held = { match: 'canonical', hmac: identity.canonical, keyId: identity.keyId } as const;
  const row = { ...held, scope: 'all', senderId: '', reason: 'erasure' } as const;
  const stamp = { source: 'system', canonicalisation: identity.canonicalisation, createdAt: at };
  const added = await insertSuppressions(tx, ctx, [{ id, ...row, ...stamp }]);
  if (added.size === 0) {
    await tx
      .updateTable('suppression')
      .set({ id, created_at: at, journaled: 0 })
      .where('tenant', '=', ctx.tenant)
      .where('match', '=', row.match)
      .where('hmac', '=', row.hmac)
      .where('scope', '=', row.scope)
      .where('sender_id', '=', row.senderId)
      .where('reason', '=', row.reason)
      .where('lifted_at', 'is', null)
      .execute();
  }
  const data = { suppressionId: id, scope: row.scope, reason: row.reason };
  await appendEvents(tx, ctx.tenant, [{ at, type: 'suppression.added', actor: 'system', data }]);
}
