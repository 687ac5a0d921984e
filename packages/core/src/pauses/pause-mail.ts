import type { Context } from '../context.ts';
import { toText } from '../operations/parse-arguments.ts';
import type { ReviewerPrincipal, SystemPrincipal } from '../principal/principal.ts';
import { actorOf } from './actor-of.ts';
import { appendPauseEvents } from './append-pause-events.ts';
import { lockPaused } from './lock-paused.ts';
import { type PauseTarget, parsePauseTarget } from './parse-pause-target.ts';

/**
 * Stops mail before its next claim; survives restarts. Requests are still taken, and wait. What a
 * worker has claimed already, half a second's worth, still goes out.
 */
export async function pauseMail(
  ctx: Context,
  principal: ReviewerPrincipal | SystemPrincipal,
  target: PauseTarget,
  reason: string,
): Promise<void> {
  const key = parsePauseTarget(ctx, principal, target);
  const why = toText(reason, 'reason') ?? '';
  const paused_by = actorOf(principal);
  const row = { reason: why, paused_by, paused_at: ctx.now(), resuming: 0 as const };
  await ctx.storage.unit(async (tx) => {
    await lockPaused(tx, ctx, key);
    await tx
      .insertInto('pause')
      .values({ ...key, ...row })
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'scope', 'subject']).doUpdateSet((eb) => ({
          ...row,
          // Whoever still wakes what waited for the one before has to see that it is another.
          paused_at: eb
            .case()
            .when('pause.paused_at', '>=', row.paused_at)
            .then(eb('pause.paused_at', '+', 1))
            .else(row.paused_at)
            .end(),
        })),
      )
      .execute();
    await appendPauseEvents(tx, ctx, key, { what: 'paused', actor: paused_by, reason: why });
  });
}
