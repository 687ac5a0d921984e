import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ThrottleRow } from '../storage/tables/throttle.ts';
import { Bucket } from './bucket.ts';
import type { Limit } from './resolve-throttle.ts';

const START = Date.parse('2026-11-23T08:00:00Z');
const EMPTY: ThrottleRow = {
  ...{ tenant: 't', bucket: 'domain:example.com', tat: 0, queue_end: 0, idle_at: 0 },
  ...{ slow_level: 0, slow_since: 0, slow_until: 0 },
};
const perSecond = (max: number, burst: number): Limit => ({
  ...{ rate: { interval: 1_000_000 / max, burst }, atOnce: Number.POSITIVE_INFINITY },
});

describe('a bucket', () => {
  it('never lets more than the burst and the rate through, in any window', () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 3_000 }),
      cost: fc.integer({ min: 1, max: 3 }),
      bulk: fc.boolean(),
    });
    const limit = fc.record({
      max: fc.constantFrom(0.5, 1, 3, 7, 100),
      burst: fc.integer({ min: 3, max: 20 }),
    });
    fc.assert(
      fc.property(limit, fc.array(step, { maxLength: 200 }), ({ max, burst }, steps) => {
        const sent: number[] = [];
        let row = EMPTY;
        let now = START;
        for (const { wait, cost, bulk } of steps) {
          now += wait;
          const bucket = new Bucket(row, perSecond(max, burst), now, 0);
          if (!bucket.admits(cost, bulk)) continue;
          bucket.charge(cost);
          row = bucket.toRow() ?? row;
          sent.push(...Array.from({ length: cost }, () => now));
        }
        for (const [first, from] of sent.entries()) {
          for (let last = first; last < sent.length; last += 1) {
            const window = ((sent[last] ?? 0) - from) / 1_000;
            expect(last - first + 1).toBeLessThanOrEqual(burst + max * window + 1e-6);
          }
        }
      }),
    );
  });

  it('gives everybody who waits a time of their own, and lets them in at it', () => {
    let bucket = new Bucket(EMPTY, perSecond(2, 1), START, 0);
    expect(bucket.admits(1, true)).toBe(true);
    bucket.plan(1);
    bucket.charge(1);
    const slots = [1, 1, 1].map((cost) => bucket.enqueue(cost, true));
    expect(slots).toEqual([START + 500, START + 1_000, START + 1_500]);
    for (const slot of slots) {
      bucket = new Bucket(bucket.toRow() ?? EMPTY, perSecond(2, 1), slot - 1, 0);
      expect(bucket.admits(1, true)).toBe(false);
      bucket = new Bucket(bucket.toRow() ?? EMPTY, perSecond(2, 1), slot, 0);
      expect(bucket.admits(1, true)).toBe(true);
      bucket.charge(1);
    }
  });

  it('keeps a quarter of the burst for mail that is not bulk', () => {
    const bucket = new Bucket(EMPTY, perSecond(1, 8), START, 0);
    let bulk = 0;
    for (; bucket.admits(1, true); bulk += 1) bucket.plan(1);
    let other = 0;
    for (; bucket.admits(1, false); other += 1) bucket.plan(1);
    expect([bulk, other]).toEqual([6, 2]);
  });

  it('lets an envelope that is larger than the burst through alone, and makes up for it', () => {
    let bucket = new Bucket(EMPTY, perSecond(1, 2), START, 0);
    expect(bucket.admits(3, false)).toBe(true);
    bucket.charge(3);
    bucket = new Bucket(bucket.toRow() ?? EMPTY, perSecond(1, 2), START, 0);
    expect(bucket.admits(1, false)).toBe(false);
    expect(bucket.admits(3, false)).toBe(false);
  });

  it('counts what is in flight', () => {
    const limit: Limit = { rate: undefined, atOnce: 3 };
    const bucket = new Bucket(EMPTY, limit, START, 2);
    expect(bucket.admits(1, true)).toBe(true);
    expect(bucket.admits(2, true)).toBe(false);
    expect(bucket.enqueue(2, true)).toBeGreaterThan(START);
    expect(new Bucket(EMPTY, limit, START, 0).admits(5, true)).toBe(true);
  });

  it('slows down for a while when it was told to, and then no longer', () => {
    const slow = { ...EMPTY, slow_level: 1, slow_since: START, slow_until: START + 1_800_000 };
    const bucket = new Bucket(slow, undefined, START, 0);
    bucket.plan(1);
    const slots = Array.from({ length: 400 }, () => bucket.enqueue(1, true));
    expect(slots.slice(0, 3)).toEqual([START + 6_000, START + 12_000, START + 18_000]);
    // Half an hour has room for 300; the rest wait until it is over and no longer.
    expect(slots.at(-1)).toBe(START + 1_800_000);
    expect(new Bucket(slow, undefined, START + 1_800_000, 0).admits(1_000, true)).toBe(true);
  });

  it('owes no more than a full burst when the clock goes back', () => {
    const ahead = { ...EMPTY, tat: (START + 3_600_000) * 1_000 };
    const bucket = new Bucket(ahead, perSecond(1, 5), START, 0);
    expect(bucket.admits(1, false)).toBe(false);
    expect(bucket.enqueue(1, false)).toBe(START + 1_000);
  });

  it('forgets a queue whose mail was cancelled, and keeps one that is served', () => {
    const limit = perSecond(1, 1);
    let bucket = new Bucket(EMPTY, limit, START, 0);
    bucket.charge(1);
    for (let waiting = 0; waiting < 1_000; waiting += 1) bucket.enqueue(1, true);
    const row = bucket.toRow() ?? EMPTY;
    for (const served of [1, 2, 8]) {
      bucket = new Bucket(row, limit, START + served * 1_000, 0);
      expect(bucket.hasQueue()).toBe(true);
    }
    bucket = new Bucket(row, limit, START + 8_001, 0);
    expect(bucket.hasQueue()).toBe(false);
    bucket.charge(1);
    expect(bucket.enqueue(1, true)).toBe(START + 8_001);
    expect(new Bucket(row, limit, START + 60_000, 1).hasQueue()).toBe(true);
  });

  it('does not wait for places that a clock gave out that ran ahead', () => {
    const ahead = (START + 86_400_000) * 1_000;
    const row = { ...EMPTY, tat: ahead, queue_end: ahead };
    let bucket = new Bucket(row, perSecond(1, 5), START, 0);
    expect(bucket.admits(1, true)).toBe(false);
    bucket.enqueue(1, true);
    bucket = new Bucket(bucket.toRow() ?? row, perSecond(1, 5), START + 12_001, 0);
    expect(bucket.hasQueue()).toBe(false);
    expect(bucket.admits(1, true)).toBe(true);
  });
});
