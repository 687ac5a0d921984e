import { describe, expect, it } from 'vitest';
import { parseAddress } from '../identity/address.ts';
import { createKeyRing } from '../keys/create-key-ring.ts';
import { createPersonMatcher } from './person-matcher.ts';

const keys = createKeyRing([{ id: 'k1', secret: 'a secret that only these tests know, 1' }], 't');

function matcherOf(address: string) {
  const { allCanonical } = keys.identify(parseAddress(address));
  return createPersonMatcher({ keys }, new Set(allCanonical));
}

describe('a person matcher', () => {
  const { isPerson, redact, redactJson } = matcherOf('ana.lee@customer.example');

  it('knows every spelling, and nobody else', () => {
    for (const same of ['Ana.Lee@customer.example', 'ana.lee+news@CUSTOMER.example']) {
      expect(isPerson(same)).toBe(true);
    }
    for (const other of [
      'analee@customer.example',
      'ana.lee@customer.example.org',
      '[erased]',
      '',
    ]) {
      expect(isPerson(other)).toBe(false);
    }
    expect(matcherOf('analee@gmail.com').isPerson('Ana.Lee+x@googlemail.com')).toBe(true);
  });

  it.each([
    ['Write to ana.lee@customer.example.', 'Write to [erased].'],
    ['<Ana.Lee+x@customer.example>, bob@customer.example', '<[erased]>, bob@customer.example'],
    ["'ana.lee@customer.example'", "'[erased]'"],
    [
      'https://acme.example/?email=ana.lee@customer.example&x=1',
      'https://acme.example/?email=[erased]&x=1',
    ],
    ['href="/u?e=ana.lee%40customer.example"', 'href="/u?e=[erased]"'],
    ['ana.lee&#64;customer.example', '[erased]'],
    ['mailto:ana.lee@customer.example', 'mailto:[erased]'],
    ['diana.lee@customer.example', 'diana.lee@customer.example'],
    ["Ask o'ana.lee@customer.example", "Ask o'ana.lee@customer.example"],
    ["o'ana.lee@customer.example", "o'ana.lee@customer.example"],
    ['sales=ana.lee@customer.example', 'sales=ana.lee@customer.example'],
    ['no address here', 'no address here'],
  ])('redacts %j', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('redacts inside JSON, where a line break stands before the address', () => {
    const json = JSON.stringify({ note: 'Said:\nana.lee@customer.example', list: ['x'], n: 1 });
    expect(JSON.parse(redactJson(json))).toEqual({ note: 'Said:\n[erased]', list: ['x'], n: 1 });
    expect(redactJson('{"a": 1}')).toBe('{"a": 1}');
    expect(redactJson('broken ana.lee@customer.example')).toBe('broken [erased]');
  });

  it('takes a megabyte without a break in its stride', () => {
    const text = `${'a'.repeat(1_000_000)}@x.example ana.lee@customer.example`;
    expect(redact(text).endsWith(' [erased]')).toBe(true);
  });
});
