import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Readings } from './readings.ts';
import { toReading } from './to-reading.ts';

const digest = (text: string | number) => hash('sha256', String(text), 'binary');

/** Fills one, and says how many went in. */
function fill<T>(readings: Readings<T>, resultOf: (at: number) => T): number {
  let count = 0;
  for (; !readings.isFull; count += 1) readings.add(digest(count), toReading(resultOf(count)));
  return count;
}

describe('Readings', () => {
  it('knows what was added and nothing else, until it is full', () => {
    const readings = new Readings<readonly string[]>();
    const count = fill(readings, (at) => (at % 1_000 === 0 ? [`found ${at}`] : []));
    const results = Array.from({ length: count }, (_, at) => readings.get(digest(at))?.result);
    expect(results.filter((result) => result?.length === 0)).toHaveLength(count - 27);
    const found = results.flatMap((result, at) => (result?.length === 0 ? [] : [[at, result]]));
    expect(found).toEqual(
      Array.from({ length: 27 }, (_, at) => [at * 1_000, [`found ${at * 1_000}`]]),
    );
    const others = Array.from({ length: count }, (_, at) => readings.get(digest(count + at)));
    expect(others.filter(Boolean)).toEqual([]);
  });

  it('has room for 26,214 texts, and for no more than 200 kB of results', () => {
    expect(fill(new Readings(), () => [])).toBe(26_215);
    expect(fill(new Readings(), () => ['found'])).toBe(26_215);
    const size = toReading(['found 100']).size + 150;
    expect(fill(new Readings(), (at) => [`found ${100 + (at % 900)}`])).toBe(26_215);
    expect(fill(new Readings(), (at) => [`found ${100 + at}`])).toBeCloseTo(200_000 / size, -2);
  });

  it('holds one result for all texts that have it', () => {
    const readings = new Readings<readonly string[]>();
    readings.add(digest('a'), toReading(['found']));
    readings.add(digest('b'), toReading(['found']));
    expect(readings.get(digest('b'))).toBe(readings.get(digest('a')));
  });

  it('tells texts apart whose digests begin alike', () => {
    const readings = new Readings<readonly string[]>();
    const first = digest('a');
    for (let at = 0; at < 16; at += 1) {
      const changed = String.fromCharCode(first.charCodeAt(at) ^ 1);
      const other = first.slice(0, at) + changed + first.slice(at + 1);
      expect(readings.get(other)).toBeUndefined();
      readings.add(other, toReading([`${at}`]));
    }
    expect(readings.get(first)).toBeUndefined();
  });
});
