import { expect, it } from 'vitest';
import { toXtext } from './to-xtext.ts';

it('hides plus, equals and everything that is not printable (RFC 3461 §4)', () => {
  expect(toXtext('a-Z.2')).toBe('a-Z.2');
  expect(toXtext('a+b=c d\r\n')).toBe('a+2Bb+3Dc+20d+0D+0A');
  expect(toXtext('é')).toBe('+C3+A9');
});
