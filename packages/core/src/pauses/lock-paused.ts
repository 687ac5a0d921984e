import type { Context } from '../context.ts';
import { lockMailboxes } from '../dispatch/lock-mailboxes.ts';
import type { Tx } from '../storage/database.ts';
import { lockEverybody } from '../suppression/lock-recipients.ts';
import type { PauseKey } from './parse-pause-target.ts';

/**
 * Waits for every claim that may not know of the pause: each holds the row of its mailbox from
 * before it reads what is paused until it has committed. What reaches further than one mailbox locks
 * them all, in the order of the claims.
 */
export async function lockPaused(tx: Tx, ctx: Context, key: PauseKey): Promise<void> {
  if (key.scope === 'mailbox') return lockMailboxes(tx, ctx, [key.subject]);
  if (key.scope !== 'everything') return lockEverybody(tx, ctx);
  if (!ctx.storage.capabilities.supportsRowLocks) return;
  const all = tx.selectFrom('mailbox').select('address').orderBy('tenant').orderBy('address');
  await all.forUpdate().execute();
}
