import type { Context } from '../context.ts';
import type { Envelope } from '../dispatch/lock-envelopes.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { deferThrottled } from './defer-throttled.ts';
import { keysOf, recipientDomain } from './keys-of.ts';
import { loadBuckets, storeBuckets } from './load-buckets.ts';
import { loadRoutes } from './load-routes.ts';
import { splitEnvelopes } from './split-envelopes.ts';

/** What a batch is told. */
export interface Passed {
  /** May go out now, in order. */
  readonly now: readonly Envelope[];
  /** How many deliveries were put off. */
  readonly throttled: number;
  /** Domains that have to be asked about first; what goes there was left where it is. */
  readonly unknown: readonly string[];
  /** Takes from the limits what was claimed of `now`, and stores who waits. */
  readonly settle: (claimed: readonly Delivery[]) => Promise<void>;
}

/**
 * Holds a batch against the throttles, in as many statements as for one message. What may not go out
 * yet is put off until its turn; its limits stay locked until the transaction ends.
 */
export async function passThrottle(
  tx: Tx,
  ctx: Context,
  actor: string,
  envelopes: readonly Envelope[],
): Promise<Passed> {
  const { routes, missing } = await loadRoutes(tx, ctx, envelopes.flat());
  const unknown = new Set(missing);
  const known = envelopes.filter((envelope) =>
    envelope.every(({ recipient }) => !unknown.has(recipientDomain(recipient))),
  );
  const buckets = await loadBuckets(tx, ctx, known.flat(), routes);
  const { now, later } = splitEnvelopes(known, buckets, routes);
  await deferThrottled(tx, ctx, actor, later);
  return {
    now,
    throttled: later.flatMap(({ envelope }) => envelope).length,
    unknown: missing,
    async settle(claimed) {
      for (const { id } of claimed.flatMap((delivery) => keysOf(delivery, routes))) {
        buckets.get(id)?.charge(1);
      }
      await storeBuckets(tx, buckets);
    },
  };
}
