import type { Context } from '../context.ts';
import { lockMailboxes } from '../dispatch/lock-mailboxes.ts';
import type { Tx } from '../storage/database.ts';
import type { PauseKey } from './parse-pause-target.ts';
import { EVERY_TENANT } from './pause-scope.ts';

/**
 * Waits for every claim that may not know of the pause: each holds the row of its mailbox from
 * before it reads what is paused until it has committed. What reaches further than one mailbox locks
 * them all, in the order of the claims.
 */
export async function lockPaused(tx: Tx, ctx: Context, key: PauseKey): Promise<void> {
  if (key.scope === 'mailbox') return lockMailboxes(tx, ctx, [key.subject]);
  if (!ctx.storage.capabilities.supportsRowLocks) return;
  const all = tx.selectFrom('mailbox').select('address').orderBy('tenant').orderBy('address');
  const own = key.tenant === EVERY_TENANT ? all : all.where('tenant', '=', key.tenant);
  await own.forUpdate().execute();
}
