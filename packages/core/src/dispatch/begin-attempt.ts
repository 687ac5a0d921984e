import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { moveReservations } from '../policy/reserve.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { BuiltMessage } from './build-message.ts';

/** One delivery that is about to be tried, and its recorded attempt. */
export interface BegunAttempt {
  readonly delivery: Delivery;
  readonly attemptId: string;
}

/**
 * Commits `sending` and the attempt just before the socket, with the lease renewed. What lost its
 * lease or was cancelled since the claim is left out.
 */
export function beginAttempt(
  ctx: Context,
  worker: string,
  deliveries: readonly Delivery[],
  { sha256, date }: Pick<BuiltMessage, 'sha256' | 'date'>,
): Promise<readonly BegunAttempt[]> {
  return ctx.storage.unit(async (tx) => {
    const at = ctx.now();
    const begun: BegunAttempt[] = [];
    for (const from of deliveries) {
      const delivery = await transition(tx, {
        from,
        to: 'sending',
        code: 'SENDING',
        reason: 'It is being handed to the next server.',
        actor: `worker:${worker}`,
        at,
        patch: {
          attempts: from.attempts + 1,
          // A retry says the same Date as what was built here.
          first_attempt_at: from.first_attempt_at ?? date,
          lease_until: sql<number>`${ctx.storage.clock} + ${ctx.settings.dispatch.lease}`,
        },
      });
      if (delivery !== undefined) begun.push({ delivery, attemptId: uuidv7() });
    }
    if (begun.length === 0) return begun;
    await moveReservations(
      tx,
      ctx,
      begun.map(({ delivery }) => delivery),
    );
    await tx
      .insertInto('attempt')
      .values(
        begun.map(({ delivery, attemptId }) => ({
          tenant: ctx.tenant,
          id: attemptId,
          delivery_id: delivery.id,
          number: delivery.attempts,
          fence: delivery.fence,
          worker,
          started_at: at,
          ended_at: null,
          phase: null,
          outcome: null,
          host: null,
          reply_code: null,
          reply_enhanced: null,
          reply_text: null,
          bytes_sha256: sha256,
        })),
      )
      .execute();
    return begun;
  });
}
