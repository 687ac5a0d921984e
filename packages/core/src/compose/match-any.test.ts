import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLAIM_LANGUAGES } from './claims/languages.ts';
import { matchAny } from './match-any.ts';
import { PLACEHOLDER_PATTERNS } from './placeholder-patterns.ts';

const claims = Object.values(CLAIM_LANGUAGES).flatMap(({ patterns }) => patterns);

describe('matchAny', () => {
  it.each([
    ['claims', claims.map(({ pattern }) => pattern)],
    ['placeholders', PLACEHOLDER_PATTERNS.map(({ pattern }) => pattern)],
  ])('P3: finds what any of the patterns for %s finds', (_, patterns) => {
    const matchesAny = matchAny(patterns);
    // Texts of which many are found by one pattern or two.
    const words = patterns.flatMap(({ source }) => source.match(/[\p{L} ]{2,}|\W/gu) ?? []);
    const word = fc.constantFrom(...words, ...['7', '20', 'ſ', '\u212a', 'İ', '\ud800']);
    const text = fc.tuple(fc.array(word, { maxLength: 8 }), fc.constantFrom('', ' '));
    let found = 0;
    fc.assert(
      fc.property(text, fc.func(fc.integer({ min: 0, max: 2 })), ([parts, between], caseOf) => {
        const cased = parts.map(
          (part) => [part, part.toUpperCase(), part.toLowerCase()][caseOf(part)],
        );
        const line = cased.join(between);
        const expected = patterns.filter(({ source, flags }) => {
          return new RegExp(source, flags.replace('g', '')).test(line);
        });
        found += Math.sign(expected.length);
        expect(matchesAny(line)).toBe(expected.length > 0);
      }),
      { numRuns: 1_000 },
    );
    expect(found).toBeGreaterThan(0);
  });

  it('P3: is given no pattern whose meaning would change among others', () => {
    const sources = [...claims, ...PLACEHOLDER_PATTERNS].map(({ pattern }) => pattern.source);
    expect(
      sources.filter((source) => /\\[1-9k]|\(\?</.test(source.replace(/\(\?<[!=]/g, ''))),
    ).toEqual([]);
  });
});
