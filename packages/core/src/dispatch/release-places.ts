import type { Context } from '../context.ts';
import { wakeWaiting } from '../frequency/wake-waiting.ts';
import { WIRE_KINDS } from '../policy/reserve.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';

/** SMTP phases in which the server has no byte of the message. */
const BEFORE_CONTENT = ['connect', 'mail', 'rcpt'] as const;

/**
 * Gives back what these deliveries reserved, unless an attempt gave the server the message or may
 * have: then the place is used, whatever becomes of the delivery (P7). Who waits for a place that
 * comes free looks again at once.
 */
export async function releasePlaces(
  tx: Tx,
  ctx: Context,
  deliveries: readonly Pick<Delivery, 'id' | 'recipient_canonical'>[],
): Promise<void> {
  if (deliveries.length === 0) return;
  const freed = await tx
    .deleteFrom('reservation')
    .where('tenant', '=', ctx.tenant)
    .where(
      'delivery_id',
      'in',
      deliveries.map(({ id }) => id),
    )
    .where('kind', 'in', WIRE_KINDS)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('attempt')
            .select('attempt.id')
            .whereRef('attempt.tenant', '=', 'reservation.tenant')
            .whereRef('attempt.delivery_id', '=', 'reservation.delivery_id')
            .where((or) =>
              or.or([or('attempt.phase', 'is', null), or('phase', 'not in', BEFORE_CONTENT)]),
            ),
        ),
      ),
    )
    .returning(['kind', 'delivery_id'])
    .execute();
  const ids = new Set(
    freed.filter(({ kind }) => kind === 'wire:recipient').map((row) => row.delivery_id),
  );
  const people = deliveries.filter(({ id }) => ids.has(id));
  await wakeWaiting(
    tx,
    ctx,
    people.map(({ recipient_canonical }) => recipient_canonical),
  );
}
