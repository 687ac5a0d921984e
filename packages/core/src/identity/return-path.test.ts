import { describe, expect, it } from 'vitest';
import { parseAddress } from './address.ts';
import { findReturnPathToken, maskReturnPaths, toReturnPath } from './return-path.ts';

const TOKEN = 'a2b3c4d5e6f7g2h3i4j5k6l7m2n3o4p5q6r7s2t3';

describe('a return path', () => {
  it('carries the token behind the local part, and gives it back in any case', () => {
    const path = toReturnPath(parseAddress('support@acme.example'), TOKEN);
    expect(path).toBe(`support+b-${TOKEN}@acme.example`);
    expect(findReturnPathToken(path ?? '')).toBe(TOKEN);
    expect(findReturnPathToken(`<SUPPORT+B-${TOKEN.toUpperCase()}@ACME.EXAMPLE>`)).toBe(TOKEN);
  });

  it('has 64 octets before the at sign and no more', () => {
    const local = (length: number) => parseAddress(`${'a'.repeat(length)}@acme.example`);
    expect(toReturnPath(local(21), TOKEN)).toHaveLength(64 + '@acme.example'.length);
    expect(toReturnPath(local(22), TOKEN)).toBeUndefined();
  });

  it.each([
    'support@acme.example',
    `support+b-${TOKEN}x@acme.example`,
    `support+b-${TOKEN.slice(1)}@acme.example`,
    `support+b-${TOKEN.replace('2', '1')}@acme.example`,
    `b-${TOKEN}@acme.example`,
  ])('is not seen in %s', (address) => {
    expect(findReturnPathToken(address)).toBeUndefined();
  });

  it('is shown to nobody', () => {
    const text = `to <support+b-${TOKEN}@acme.example> and Support+B-${TOKEN.toUpperCase()}@acme.example`;
    expect(maskReturnPaths(text)).toBe('to <support@acme.example> and Support@acme.example');
  });
});
