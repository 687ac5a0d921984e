import type { Context } from '../context.ts';
import { IS_WAITING } from '../deliveries/is-waiting.ts';
import type { Tx } from '../storage/database.ts';
import { unindexed } from '../storage/unindexed.ts';
import { lockKeys } from '../suppression/lock-recipients.ts';

/** Why a delivery waits for one person's next place. */
const WAITING: readonly string[] = [
  'FREQUENCY_CAP_REACHED',
  'RECIPIENT_MAXIMUM_REACHED',
  'FREQUENCY_PRIORITY',
  'RECIPIENT_PAUSED',
];

/**
 * Lets what waits for room with these people (canonical HMACs) be decided again at once. Their
 * locks are taken first: a claim that has just found no room has then written that it waits, and
 * one that comes later sees the room. A delivery that somebody holds looks for itself.
 */
export async function wakeWaiting(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now' | 'storage'>,
  people: readonly string[],
): Promise<void> {
  if (people.length === 0) return;
  const canonicals = [...new Set(people)].sort();
  const { supportsRowLocks } = ctx.storage.capabilities;
  await lockKeys(tx, ctx, canonicals);
  const query = tx
    .selectFrom('delivery')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('recipient_canonical', 'in', canonicals)
    .where(IS_WAITING)
    .where(unindexed('state'), '=', 'deferred')
    .where('reason_code', 'in', WAITING)
    .where('due_at', '>', ctx.now());
  const waiting = await (supportsRowLocks ? query.forUpdate().skipLocked() : query).execute();
  if (waiting.length === 0) return;
  await tx
    .updateTable('delivery')
    .set({ due_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where(
      'id',
      'in',
      waiting.map(({ id }) => id),
    )
    .execute();
}
