import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainOf, findAddress, parseAddress } from './address.ts';

const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?$/).filter((text) => {
  return !text.startsWith('xn--') && text[2] !== '-';
});
const local = fc
  .array(fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}$/), {
    minLength: 1,
    maxLength: 4,
  })
  .map((atoms) => atoms.join('.'));
const address = fc.tuple(local, label).map(([name, host]) => `${name}@${host}.example`);

describe('parseAddress', () => {
  it('returns what it was given when that is an address', () => {
    fc.assert(
      fc.property(address, (text) => {
        expect(parseAddress(text)).toBe(text);
        expect(parseAddress(parseAddress(text))).toBe(parseAddress(text));
      }),
    );
  });

  it('is the identity on its own results, whatever comes in', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.string({ unit: 'binary' }), fc.string()).map(([a, b]) => `${a}@${b}.example`),
      fc.tuple(local, fc.string({ unit: 'grapheme' })).map(([a, b]) => `${a}@${b}.example`),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const parsed = findAddress(text);
        if (parsed === undefined) return;
        expect(findAddress(parsed)).toBe(parsed);
        expect(parsed).not.toMatch(/[\s\p{Cc}<>"(),;]/u);
        expect(Buffer.byteLength(parsed)).toBeLessThanOrEqual(254);
        expect(domainOf(parsed)).toMatch(/^[a-z0-9.-]+$/);
      }),
      { numRuns: 500 },
    );
  });

  it('never lets CR, LF, NUL or a space survive inside', () => {
    const bad = fc.constantFrom('\r', '\n', '\r\n', '\0', ' ', '\t', '\u2028', '\u200b', '\u202e');
    fc.assert(
      fc.property(address, bad, fc.nat(), (text, character, position) => {
        const at = 1 + (position % (text.indexOf('@') - 0.5));
        const broken = `${text.slice(0, at)}${character}${text.slice(at)}`;
        if (broken.indexOf('@') > at) expect(findAddress(broken)).toBeUndefined();
      }),
    );
    for (const text of ['a@b.example\r\nBcc: x@y.example', 'a@b .example', 'a@b\0.example']) {
      expect(findAddress(text)).toBeUndefined();
    }
  });

  it('turns an international domain into its ASCII form', () => {
    expect(parseAddress('info@Bücher.example')).toBe('info@xn--bcher-kva.example');
    expect(parseAddress('info@bücher。example')).toBe('info@xn--bcher-kva.example');
    expect(parseAddress('Ana@ACME.Example')).toBe('Ana@acme.example');
  });

  it('answers for a plain domain what the URL parser answers', () => {
    const part = fc.stringMatching(/^(?:xn--)?[a-z0-9-]{1,66}$/);
    const end = fc.oneof(part, fc.stringMatching(/^(?:0x)?[0-9a-f]{1,4}$/), fc.constant('example'));
    const domain = fc.tuple(fc.array(part, { minLength: 1, maxLength: 3 }), end);
    fc.assert(
      fc.property(domain, ([parts, last]) => {
        const text = [...parts, last].join('.');
        const found = findAddress(`a@${text}`);
        if (found === undefined) return;
        expect(new URL(`http://${text}/`).hostname).toBe(domainOf(found));
        expect(text.split('.').every((each) => each.length <= 63)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses a domain that grows over 254 octets', () => {
    const domain = Array.from({ length: 12 }, () => 'ü'.repeat(15)).join('.');
    expect(findAddress(`a@${domain}.example`)).toBeUndefined();
  });

  it.each([
    'bad@',
    '@acme.example',
    'a@localhost',
    'a@127.0.0.1',
    'a@[127.0.0.1]',
    'a@0x7f.1',
    '"a b"@acme.example',
    'Ana <ana@acme.example>',
    'ana@acme.example, bo@acme.example',
    '.a@acme.example',
    'a..b@acme.example',
    'a@-acme.example',
    'a@acme_x.example',
    'a@acme.example.',
    'a@b@',
    `${'a'.repeat(65)}@acme.example`,
  ])('refuses %j with ADDRESS_INVALID', (text) => {
    expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: 'ADDRESS_INVALID' }));
  });

  it('accepts a local part of exactly 64 octets', () => {
    expect(findAddress(`${'a'.repeat(64)}@acme.example`)).toBeDefined();
  });
});
