import type { Context } from '../context.ts';
import type { DeliveryState } from '../deliveries/delivery-state.ts';

/** How many deliveries stand in one state, and since when the oldest of them is due. */
export interface Waiting {
  readonly state: DeliveryState;
  /** At most {@link MAX_DEPTH}. */
  readonly depth: number;
  /** Seconds; 0 when nothing is overdue. */
  readonly age: number;
}

/** Counting further would cost more than it says. */
export const MAX_DEPTH = 100_000;

/** States that a delivery leaves again; of the others there may be millions, and they do not matter. */
const PASSING: readonly DeliveryState[] = [
  ...(['held', 'queued', 'claimed', 'sending', 'deferred', 'unknown'] as const),
];

/** Counts what waits, state by state, along one index. */
export async function countWaiting({
  storage: { db },
  tenant,
  now,
}: Pick<Context, 'storage' | 'tenant' | 'now'>): Promise<readonly Waiting[]> {
  const found: Waiting[] = [];
  for (const state of PASSING) {
    const some = db
      .selectFrom('delivery')
      .select('due_at')
      .where('tenant', '=', tenant)
      .where('state', '=', state)
      .orderBy('due_at')
      .limit(MAX_DEPTH);
    const { depth, oldest } = await db
      .selectFrom(some.as('some'))
      .select(({ fn }) => [
        fn.countAll<number>().as('depth'),
        fn.min<number | null>('some.due_at').as('oldest'),
      ])
      .executeTakeFirstOrThrow();
    const age = oldest === null ? 0 : Math.max(0, (now() - Number(oldest)) / 1_000);
    found.push({ state, depth: Number(depth), age });
  }
  return found;
}
