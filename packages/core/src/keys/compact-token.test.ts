import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyRing } from './create-key-ring.ts';

const old = { id: 'k1', secret: 'a secret that only these tests know, 1' };
const young = { id: 'k2', secret: 'a secret that only these tests know, 2' };
const ring = createKeyRing([old], 'default');
const rotated = createKeyRing([young, old], 'default');
const uuid = fc.uuid();

describe('tokens of return paths', () => {
  it('name their uuid under every ring that has the key, in any case', () => {
    fc.assert(
      fc.property(uuid, (id) => {
        const token = ring.createToken('return_path', id);
        expect(token).toMatch(/^[a-z2-7]{40}$/);
        expect(rotated.readToken('return_path', token)).toBe(id);
        expect(rotated.readToken('return_path', token.toUpperCase())).toBe(id);
        const newer = rotated.createToken('return_path', id);
        expect(ring.readToken('return_path', newer)).toBeUndefined();
      }),
    );
  });

  it('hold for one purpose and one tenant', () => {
    const id = '0198c0de-0000-7000-8000-000000000001';
    const token = ring.createToken('return_path', id);
    expect(createKeyRing([old], 'other').readToken('return_path', token)).toBeUndefined();
    expect(ring.readToken('message', token)).toBeUndefined();
    expect(ring.readToken('return_path', ring.createToken('message', id))).toBeUndefined();
    expect(ring.readToken('unsubscribe', ring.createToken('message', id))).toBeUndefined();
  });

  it('are refused when any one character differs, and for any other text', () => {
    const character = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567');
    const position = fc.integer({ min: 0, max: 39 });
    fc.assert(
      fc.property(uuid, position, character, fc.string(), (id, at, replacement, text) => {
        const token = ring.createToken('return_path', id);
        fc.pre(token[at] !== replacement);
        const forged = token.slice(0, at) + replacement + token.slice(at + 1);
        expect(ring.readToken('return_path', forged)).toBeUndefined();
        expect(ring.readToken('return_path', text)).toBeUndefined();
      }),
    );
  });

  it('are not made for what is no uuid', () => {
    expect(() => ring.createToken('return_path', 'x')).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });
});
