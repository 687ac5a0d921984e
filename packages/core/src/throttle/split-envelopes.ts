import type { Envelope } from '../dispatch/lock-envelopes.ts';
import type { Bucket } from './bucket.ts';
import { keysOf, type Routes, type ThrottleKey } from './keys-of.ts';
import type { Buckets } from './load-buckets.ts';
import type { ThrottleScope } from './resolve-throttle.ts';

/** What a delivery says that waits for its turn. */
export const THROTTLED = 'THROTTLED';

/** An envelope that waits. */
export interface Throttled {
  readonly envelope: Envelope;
  /** Epoch ms. */
  readonly due: number;
  /** What was fastest used up. */
  readonly scope: ThrottleScope;
}

export interface Split {
  readonly now: readonly Envelope[];
  readonly later: readonly Throttled[];
}

/**
 * Which envelopes may go out now, in order, and when the others look again. Bulk mail queues: who
 * comes new waits behind who has waited. Other mail is let in as soon as there is room.
 */
export function splitEnvelopes(
  envelopes: readonly Envelope[],
  buckets: Buckets,
  routes: Routes,
): Split {
  const now: Envelope[] = [];
  const later: Throttled[] = [];
  for (const envelope of envelopes) {
    const counted = countOf(envelope, buckets, routes);
    const [{ category, reason_code }] = envelope;
    const bulk = category === 'marketing';
    const queues = bulk && reason_code !== THROTTLED;
    const full = counted.filter(
      ({ bucket, cost }) => !bucket.admits(cost, bulk) || (queues && bucket.hasQueue()),
    );
    if (full.length === 0) {
      for (const { bucket, cost } of counted) bucket.plan(cost);
      now.push(envelope);
      continue;
    }
    const waits = full.map(({ bucket, cost, scope }) => ({
      ...{ scope, due: bucket.enqueue(cost, bulk) },
    }));
    const longest = waits.reduce((a, b) => (b.due > a.due ? b : a));
    later.push({ envelope, ...longest });
  }
  return { now, later };
}

interface Counted {
  readonly bucket: Bucket;
  readonly scope: ThrottleScope;
  readonly cost: number;
}

function countOf(envelope: Envelope, buckets: Buckets, routes: Routes): readonly Counted[] {
  const costs = new Map<string, { readonly key: ThrottleKey; cost: number }>();
  for (const key of envelope.flatMap((delivery) => keysOf(delivery, routes))) {
    const known = costs.get(key.id) ?? { key, cost: 0 };
    known.cost += 1;
    costs.set(key.id, known);
  }
  return [...costs.values()].flatMap(({ key, cost }) => {
    const bucket = buckets.get(key.id);
    return bucket === undefined ? [] : [{ bucket, cost, scope: key.scope }];
  });
}
