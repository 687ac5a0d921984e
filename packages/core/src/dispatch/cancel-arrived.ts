import type { Context } from '../context.ts';
import { transitionAll } from '../deliveries/transition.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { findArrived } from './find-arrived.ts';
import type { Envelope } from './lock-envelopes.ts';
import { releasePlaces } from './release-places.ts';

/**
 * Ends what was to be sent once more and whose first one turned out to have arrived meanwhile: a late
 * answer, a report, the Sent folder, the recipient or a person said so while it waited (P6). Returns
 * the others.
 */
export async function cancelArrived(
  tx: Tx,
  ctx: Context,
  envelopes: readonly Envelope[],
  actor: string,
): Promise<readonly Envelope[]> {
  const over = await cancelSeconds(tx, ctx, envelopes.flat(), actor);
  if (over.size === 0) return envelopes;
  return envelopes.flatMap((envelope) => {
    const [first, ...others] = envelope.filter(({ id }) => !over.has(id));
    return first === undefined ? [] : [[first, ...others] as const];
  });
}

/** The same for deliveries that may be claimed already: what they reserved is given back. */
export async function cancelSeconds(
  tx: Tx,
  ctx: Context,
  deliveries: readonly Delivery[],
  actor: string,
): Promise<ReadonlySet<string>> {
  const over = await findArrived(tx, ctx, deliveries);
  if (over.size === 0) return over;
  const moves = deliveries
    .filter(({ id }) => over.has(id))
    .map((from) => ({ ...ARRIVED, from, actor, at: ctx.now() }));
  const moved = await transitionAll(tx, moves);
  // Of what somebody else moved first the places are theirs to settle.
  await releasePlaces(
    tx,
    ctx,
    moved.filter((row) => row !== undefined),
  );
  return over;
}

const ARRIVED = {
  to: 'cancelled',
  code: 'FIRST_ONE_ARRIVED',
  reason: 'The first one arrived after all, so that it is not sent once more.',
} as const;
