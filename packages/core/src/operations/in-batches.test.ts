import { describe, expect, it } from 'vitest';
import { collect } from '../../../../test/support/collect.ts';
import { type BatchLimits, inBatches } from './in-batches.ts';

const limits: BatchLimits<string> = {
  most: 2,
  length: (item) => item.length,
  mostLength: 10,
  linger: 5,
};

/** Counts what was asked of it and whether it was left. */
function watched(items: readonly string[]) {
  const seen = { asked: 0, left: false };
  function* source(): Generator<string> {
    try {
      for (const item of items) {
        seen.asked += 1;
        yield item;
      }
    } finally {
      seen.left = true;
    }
  }
  return { seen, source: source() };
}

describe('items in batches', () => {
  it('are together up to a number', async () => {
    expect(await collect(inBatches(['a', 'b', 'c'], limits))).toEqual([['a', 'b'], ['c']]);
    expect(await collect(inBatches([], limits))).toEqual([]);
  });

  it('are together up to a length', async () => {
    const long = 'x'.repeat(10);
    expect(await collect(inBatches([long, 'a', long], limits))).toEqual([[long], ['a', long]]);
  });

  it('are asked for when the batch before was taken', async () => {
    const { seen, source } = watched(['a', 'b', 'c', 'd', 'e']);
    const batches = inBatches(source, limits);
    expect(await batches.next()).toMatchObject({ value: ['a', 'b'] });
    expect(seen).toEqual({ asked: 2, left: false });
    await batches.next();
    expect(seen.asked).toBe(4);
  });

  it('are asked for no more when nobody reads on', async () => {
    const { seen, source } = watched(['a', 'b', 'c']);
    for await (const _ of inBatches(source, limits)) break;
    expect(seen).toEqual({ asked: 2, left: true });
  });

  it('do not wait for one that does not come', async () => {
    const last = Promise.withResolvers<string>();
    async function* slow(): AsyncGenerator<string> {
      yield 'a';
      yield await last.promise;
    }
    const batches = inBatches(slow(), limits);
    expect(await batches.next()).toMatchObject({ value: ['a'] });
    last.resolve('b');
    expect(await batches.next()).toMatchObject({ value: ['b'] });
    expect(await batches.next()).toMatchObject({ done: true });
  });

  it('leave a source that never answers', async () => {
    async function* stuck(): AsyncGenerator<string> {
      yield 'a';
      await new Promise(() => {});
    }
    for await (const batch of inBatches(stuck(), limits)) {
      expect(batch).toEqual(['a']);
      break;
    }
  });

  it('come before what the source throws', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield 'a';
      throw new TypeError('broken');
    }
    const batches = inBatches(broken(), limits);
    expect(await batches.next()).toMatchObject({ value: ['a'] });
    await expect(batches.next()).rejects.toThrow('broken');
  });

  it('are of something that can be iterated', async () => {
    const batches = inBatches({ length: 1 } as unknown as string[], limits);
    await expect(batches.next()).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});
