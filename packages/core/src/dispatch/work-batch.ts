import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import { isPassing } from './is-passing.ts';
import type { Envelope } from './lock-envelopes.ts';

/** What is decided on together, in one transaction. */
export interface Batch<T> {
  /** Locks at most about `limit` deliveries. */
  readonly take: (tx: Tx, limit: number) => Promise<readonly Envelope[]>;
  readonly decide: (tx: Tx, envelopes: readonly Envelope[]) => Promise<readonly T[]>;
  /**
   * Puts away an envelope that cannot be decided on, so that it is not taken again at once; whether
   * it did.
   */
  readonly setAside: (tx: Tx, envelope: Envelope, error: unknown) => Promise<boolean>;
}

export interface BatchResult<T> {
  readonly results: readonly T[];
  /** Deliveries looked at; 0 when there was nothing to take. */
  readonly looked: number;
}

/**
 * Decides on a batch in one unit. When that throws, envelope by envelope in units of their own, so
 * that an odd row stands alone and the queue behind it does not wait for ever. A fault that may pass
 * is thrown on: nothing was decided then (P2).
 */
export async function workBatch<T>(
  ctx: Pick<Context, 'storage' | 'report'>,
  batch: Batch<T>,
  limit: number,
): Promise<BatchResult<T>> {
  try {
    return await workOnce(ctx, batch, limit);
  } catch (error) {
    if (isPassing(error)) throw error;
    return await workEach(ctx, batch, { limit, error });
  }
}

async function workEach<T>(
  ctx: Pick<Context, 'storage' | 'report'>,
  batch: Batch<T>,
  { limit, error }: { readonly limit: number; readonly error: unknown },
): Promise<BatchResult<T>> {
  const results: T[] = [];
  let looked = 0;
  let odd = 0;
  while (looked < limit) {
    const one = await workAlone(ctx, batch);
    if (one.aside) odd += 1;
    if (one.looked === 0) break;
    looked += one.looked;
    results.push(...one.results);
  }
  // Nobody would hear of a fault that only shows among several.
  if (odd === 0) ctx.report(error);
  return { results, looked };
}

function workOnce<T>(
  ctx: Pick<Context, 'storage'>,
  { take, decide }: Batch<T>,
  limit: number,
  seen: (envelopes: readonly Envelope[]) => void = () => {},
): Promise<BatchResult<T>> {
  return ctx.storage.unit(async (tx) => {
    const envelopes = await take(tx, limit);
    seen(envelopes);
    if (envelopes.length === 0) return { results: [], looked: 0 };
    return { results: await decide(tx, envelopes), looked: envelopes.flat().length };
  });
}

async function workAlone<T>(
  ctx: Pick<Context, 'storage' | 'report'>,
  batch: Batch<T>,
): Promise<BatchResult<T> & { readonly aside: boolean }> {
  let taken: readonly Envelope[] = [];
  try {
    const done = await workOnce(ctx, batch, 1, (envelopes) => {
      taken = envelopes;
    });
    return { ...done, aside: false };
  } catch (error) {
    if (isPassing(error) || taken.length === 0) throw error;
    ctx.report(error);
    const put = await ctx.storage.unit(async (tx) => {
      const away: Envelope[] = [];
      for (const each of taken) if (await batch.setAside(tx, each, error)) away.push(each);
      return away;
    });
    // What stays where it was would be taken again at once, without end.
    return { results: [], looked: put.flat().length, aside: true };
  }
}
