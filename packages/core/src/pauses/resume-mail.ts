import type { Context } from '../context.ts';
import type { ReviewerPrincipal, SystemPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';
import { actorOf } from './actor-of.ts';
import { appendPauseEvents } from './append-pause-events.ts';
import { lockPaused } from './lock-paused.ts';
import { type PauseKey, type PauseTarget, parsePauseTarget } from './parse-pause-target.ts';
import { wakePaused } from './wake-paused.ts';

/** Ends a pause: what waited for it is due from now; returns whether there was one. */
export async function resumeMail(
  ctx: Context,
  principal: ReviewerPrincipal | SystemPrincipal,
  target: PauseTarget,
): Promise<boolean> {
  const key = parsePauseTarget(ctx, principal, target);
  const actor = actorOf(principal);
  return endPause(ctx, key, (tx) => appendPauseEvents(tx, ctx, key, { what: 'resumed', actor }));
}

/** The same for any pause; `tell` writes its event. */
export async function endPause(
  ctx: Context,
  key: PauseKey,
  tell: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  const [ended] = await ctx.storage.unit(async (tx) => {
    // Every claim that saw the pause has then written that it waits.
    await lockPaused(tx, ctx, key);
    const rows = await tx
      .updateTable('pause')
      .set({ resuming: 1 })
      .where('tenant', '=', key.tenant)
      .where('scope', '=', key.scope)
      .where('subject', '=', key.subject)
      .where('resuming', '=', 0)
      .returning('paused_at')
      .execute();
    if (rows.length > 0) await tell(tx);
    return rows;
  });
  if (ended === undefined) return false;
  await wakePaused(ctx, { ...key, ...ended });
  return true;
}
