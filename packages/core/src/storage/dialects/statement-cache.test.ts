import { describe, expect, it } from 'vitest';
import { StatementCache } from './statement-cache.ts';

function createCache() {
  const prepared: string[] = [];
  const cache = new StatementCache((text) => {
    prepared.push(text);
    return { text };
  });
  return { cache, prepared };
}

describe('the prepared statements of a connection', () => {
  it('are prepared once', () => {
    const { cache, prepared } = createCache();
    expect(cache.get('select 1')).toBe(cache.get('select 1'));
    expect(prepared).toEqual(['select 1']);
  });

  it('are 500, and stay while they are used', () => {
    const { cache, prepared } = createCache();
    for (let at = 0; at < 2_000; at += 1) {
      cache.get('commit');
      cache.get(`select ${at}`);
    }
    expect(prepared.filter((text) => text === 'commit')).toHaveLength(1);
    prepared.length = 0;
    // With `commit` the last 499 are there.
    for (let at = 1_501; at < 2_000; at += 1) cache.get(`select ${at}`);
    expect(prepared).toEqual([]);
    cache.get('select 1500');
    expect(prepared).toEqual(['select 1500']);
  });

  it('are fewer when they are long', () => {
    const { cache, prepared } = createCache();
    const long = (at: number): string => `${at}`.padEnd(100_000);
    for (let at = 0; at < 4; at += 1) cache.get(long(at));
    prepared.length = 0;
    for (let at = 1; at < 4; at += 1) cache.get(long(at));
    expect(prepared).toEqual([]);
    cache.get(long(0));
    expect(prepared).toHaveLength(1);
  });

  it('are used even when one alone is too long to be kept', () => {
    const { cache, prepared } = createCache();
    const long = 'x'.repeat(300_001);
    expect(cache.get(long).text).toBe(long);
    cache.get(long);
    expect(prepared).toHaveLength(2);
  });

  it('throw what preparing throws, and take no place then', () => {
    const cache = new StatementCache((text) => {
      if (text === 'odd') throw new Error('near "odd"');
      return text;
    });
    for (let at = 0; at < 1_000; at += 1) expect(() => cache.get('odd')).toThrow('near "odd"');
    expect(cache.get('select 1')).toBe('select 1');
  });

  it('are prepared anew after all were dropped', () => {
    const { cache, prepared } = createCache();
    cache.get('select 1');
    cache.clear();
    cache.get('select 1');
    expect(prepared).toEqual(['select 1', 'select 1']);
  });
});
