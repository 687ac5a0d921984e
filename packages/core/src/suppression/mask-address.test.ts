import { expect, it } from 'vitest';
import { maskAddress } from './mask-address.ts';

it.each([
  ['alice@example.com', 'a•••@example.com'],
  ['a@example.com', 'a•••@example.com'],
  ['😀bob@example.com', '😀•••@example.com'],
  ['no-at-sign', '•••'],
])('shows %s as %s', (address, masked) => {
  expect(maskAddress(address)).toBe(masked);
});
