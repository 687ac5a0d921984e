import { expect, it } from 'vitest';
import { toSpan } from './relative-time.ts';

it.each([
  [-1, '0 min'],
  [0, '0 min'],
  [59_999, '<1 min'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [86_399_999, '23 h'],
  [86_400_000, '1 d'],
  [5 * 86_400_000, '5 d'],
])('shows %i ms as %s', (ms, span) => {
  expect(toSpan(ms)).toBe(span);
});
