import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, parseAddress } from '../identity/address.ts';
import { toCanonicalAddress } from './canonical-address.ts';

const canonical = (text: string) => toCanonicalAddress(parseAddress(text));

describe('toCanonicalAddress', () => {
  it.each([
    ['Alice@Example.com', 'alice@example.com'],
    ['alice+news@example.com', 'alice@example.com'],
    ['alice+a+b@example.com', 'alice@example.com'],
    ['a.l.ice+news@gmail.com', 'alice@gmail.com'],
    ['Al.ice@googlemail.com', 'alice@gmail.com'],
    ['a.lice@example.com', 'a.lice@example.com'],
    ['a.lice@gmail.com.example', 'a.lice@gmail.com.example'],
    ['+news@example.com', '+news@example.com'],
    ['JOSÉ@example.com', 'josé@example.com'],
    ['jose\u0301@example.com', 'josé@example.com'],
  ])('turns %s into %s', (given, expected) => {
    expect(canonical(given)).toBe(expected);
  });

  it('is stable when it is applied twice', () => {
    const local = fc.stringMatching(/^[A-Za-z0-9+_-](?:\.?[A-Za-z0-9+_ÄÖßİé-]){0,20}$/);
    const domain = fc.constantFrom('gmail.com', 'googlemail.com', 'example.com');
    fc.assert(
      fc.property(local, domain, (name, host) => {
        const once = canonical(`${name}@${host}`);
        expect(toCanonicalAddress(once as Address)).toBe(once);
      }),
    );
  });
});
