import { expect, it } from 'vitest';
import { memoiseTexts } from './memoise-texts.ts';

it('computes the same texts once, others and long ones each time, and forgets the oldest', () => {
  let calls = 0;
  const join = memoiseTexts((a: string, b: string) => {
    calls += 1;
    return [a, b];
  });
  expect(join('x', 'y')).toBe(join('x', 'y'));
  expect(calls).toBe(1);
  expect(join('xy', '')).toEqual(['xy', '']);
  expect(join('', 'xy')).toEqual(['', 'xy']);
  const long = 'x'.repeat(20_001);
  expect(join(long, '')).not.toBe(join(long, ''));
  calls = 0;
  for (let at = 0; at < 64; at += 1) join(String(at), '');
  join('x', 'y');
  expect(calls).toBe(65);
});
