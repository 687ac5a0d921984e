import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../identity/address.ts';
import { createKeyRing } from './create-key-ring.ts';

const old = { id: 'k1', secret: 'a-secret-of-thirty-two-characters' };
const fresh = { id: 'k2', secret: 'another-secret-of-32-characters-!' };
const ring = createKeyRing([old], 'default');
const rotated = createKeyRing([fresh, old], 'default');
const alice = parseAddress('alice@example.com');
const uuid = fc.uuid().map((id) => id.toLowerCase());

describe('createKeyRing', () => {
  it('takes a secret of exactly 32 characters', () => {
    expect(createKeyRing([{ id: 'k', secret: 'x'.repeat(32) }], 't').fingerprints).toHaveLength(1);
  });

  it.each([
    ['no keys', []],
    ['a missing secret', [{ id: 'k', secret: undefined }]],
    ['31 characters', [{ id: 'k', secret: 'x'.repeat(31) }]],
    ['a short second key', [old, { id: 'k2', secret: 'short' }]],
  ])('refuses %s with KEYS_REQUIRED', (_, keys) => {
    expect(() => createKeyRing(keys, 't')).toThrow(
      expect.objectContaining({ code: 'KEYS_REQUIRED' }),
    );
  });

  it.each([
    ['an id twice', [old, { ...fresh, id: old.id }]],
    ['a secret twice', [old, { ...old, id: 'k2' }]],
    ['an empty id', [{ ...old, id: '' }]],
    ['an id with a colon', [{ ...old, id: 'a:b' }]],
  ])('refuses %s with OPTION_INVALID', (_, keys) => {
    expect(() => createKeyRing(keys, 't')).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });

  it('never shows a secret in an error', () => {
    expect(() => createKeyRing([{ id: 'k', secret: 'hunter2' }], 't')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });

  it('gives each key and each tenant another fingerprint', () => {
    const other = createKeyRing([old], 'other');
    const prints = [...rotated.fingerprints, ...other.fingerprints].map((f) => f.fingerprint);
    expect(new Set(prints).size).toBe(3);
    expect(ring.fingerprints).toEqual([rotated.fingerprints[1]]);
  });
});

describe('identify', () => {
  it('tells exact from canonical', () => {
    const tagged = ring.identify(parseAddress('Alice+news@example.com'));
    const plain = ring.identify(alice);
    expect(tagged.canonical).toBe(plain.canonical);
    expect(tagged.exact).not.toBe(plain.exact);
    expect(plain.exact).not.toBe(plain.canonical);
    expect(plain).toMatchObject({ keyId: 'k1', canonicalisation: 1 });
    expect(plain.canonical).toMatch(/^[0-9a-f]{64}$/);
  });

  it('finds what any key made, and makes new ones with the first', () => {
    const before = ring.identify(alice);
    const after = rotated.identify(alice);
    expect(after.keyId).toBe('k2');
    expect(after.allCanonical).toEqual([after.canonical, before.canonical]);
    expect(after.allExact).toEqual([after.exact, before.exact]);
  });

  it('does not recognise an address across tenants', () => {
    const other = createKeyRing([old], 'other').identify(alice);
    expect(other.canonical).not.toBe(ring.identify(alice).canonical);
  });

  it('answers the same forever, since stored suppressions depend on it', () => {
    const subkey = Buffer.from(
      hkdfSync('sha256', old.secret, 'mailwarden', '["mailwarden",1,"default","suppression"]', 32),
    );
    const hmac = (text: string) => createHmac('sha256', subkey).update(text).digest('hex');
    const identity = ring.identify(parseAddress('Al.ice+x@googlemail.com'));
    expect(identity.exact).toBe(hmac('exact\0Al.ice+x@googlemail.com'));
    expect(identity.canonical).toBe(hmac('canonical\0alice@gmail.com'));
  });
});

describe('tokens', () => {
  it('name their uuid again under every ring that has the key', () => {
    fc.assert(
      fc.property(uuid, (id) => {
        const token = ring.createToken('unsubscribe', id);
        expect(token).toMatch(/^[A-Za-z0-9_-]{44}$/);
        expect(ring.readToken('unsubscribe', token)).toBe(id);
        expect(rotated.readToken('unsubscribe', token)).toBe(id);
        const newer = rotated.createToken('unsubscribe', id);
        expect(rotated.readToken('unsubscribe', newer)).toBe(id);
        expect(ring.readToken('unsubscribe', newer)).toBeUndefined();
      }),
    );
  });

  it('hold for one purpose and one tenant', () => {
    fc.assert(
      fc.property(uuid, (id) => {
        const token = ring.createToken('unsubscribe', id);
        expect(ring.readToken('cursor', token)).toBeUndefined();
        expect(createKeyRing([old], 'other').readToken('unsubscribe', token)).toBeUndefined();
      }),
    );
  });

  it('are refused when any one character differs', () => {
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const position = fc.integer({ min: 0, max: 43 });
    const character = fc.constantFrom(...characters);
    fc.assert(
      fc.property(uuid, position, character, (id, at, replacement) => {
        const token = ring.createToken('unsubscribe', id);
        fc.pre(token[at] !== replacement);
        const forged = token.slice(0, at) + replacement + token.slice(at + 1);
        expect(ring.readToken('unsubscribe', forged)).toBeUndefined();
      }),
    );
  });

  it('are refused for any other text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 100 }), fc.base64String()), (text) => {
        expect(ring.readToken('unsubscribe', text)).toBeUndefined();
      }),
    );
  });

  it.each(['', 'x', '0198c0de-0000-7000-8000-00000000000G'])(
    'are not made for %j, which is no uuid',
    (id) => {
      expect(() => ring.createToken('unsubscribe', id)).toThrow(
        expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
      );
    },
  );
});
