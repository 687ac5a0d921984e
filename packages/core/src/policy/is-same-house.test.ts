import { expect, it } from 'vitest';
import { parseAddress } from '../identity/address.ts';
import { isSameHouse } from './is-same-house.ts';

it.each([
  ['ana@example.com', 'Ana+shop@example.com', true],
  ['ana@mail.globex.example', 'help@globex.example', true],
  ['a.na+x@gmail.com', 'ana@googlemail.com', true],
  ['ana@globex.example', 'ben@initech.example', false],
  ['ana@gmail.com', 'ben@gmail.com', false],
  ['ana@gmx.de', 'ben@gmx.de', false],
  ['ana@outlook.com', 'ben@outlook.com', false],
  ['ana@shop.co.uk', 'ben@other.co.uk', false],
  ['ana@one.github.io', 'ben@two.github.io', false],
])('%s and %s: %s', (one, other, same) => {
  expect(isSameHouse(parseAddress(one), parseAddress(other))).toBe(same);
});
