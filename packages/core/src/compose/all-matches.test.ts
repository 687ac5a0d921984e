import { describe, expect, it } from 'vitest';
import { allMatches } from './all-matches.ts';

describe('all matches', () => {
  it.each([
    ['a1b22c', /\d+/g],
    ['none', /\d/g],
    ['aXbX', /(?=X)/g],
    ['ünter Österreich', /\p{Lu}/gu],
  ])('of %j and %s are those of matchAll', (text, pattern) => {
    expect(allMatches(text, pattern)).toEqual([...text.matchAll(pattern)]);
    // Asked again it starts at the front.
    expect(allMatches(text, pattern)).toEqual([...text.matchAll(pattern)]);
  });
});
