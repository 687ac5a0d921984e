import { describe, expect, test } from 'vitest';
import { RecentMap } from './recent-map.ts';

describe('RecentMap', () => {
  test('holds at most so many, the latest half of them always', () => {
    const map = new RecentMap<number, string>(100);
    for (let at = 0; at < 1_000; at += 1) {
      map.set(at, `${at}`);
      const held = Array.from({ length: 49 }, (_, before) => map.get(at - before));
      expect(held.slice(0, at + 1).every((value) => value !== undefined)).toBe(true);
    }
    const left = Array.from({ length: 1_000 }, (_, at) => map.get(at)).filter(Boolean);
    expect(left.length).toBeLessThanOrEqual(102);
  });

  test('keeps what is asked for among what is not', () => {
    const map = new RecentMap<string, number>(10);
    map.set('often', 1);
    for (let at = 0; at < 1_000; at += 1) {
      map.set(`once ${at}`, at);
      expect(map.get('often')).toBe(1);
    }
  });

  test('counts sizes where it is told them', () => {
    const map = new RecentMap<string, string>(10, (value) => value.length);
    map.set('a', 'xxxx');
    map.set('b', 'yyyyyyyyyyyy');
    expect([map.get('a'), map.get('b')]).toEqual(['xxxx', 'yyyyyyyyyyyy']);
    map.set('c', 'zzzzzz');
    expect(map.get('a')).toBeUndefined();
    expect(map.get('c')).toBe('zzzzzz');
  });
});
