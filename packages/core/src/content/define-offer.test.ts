import { describe, expect, it } from 'vitest';
import { POLICY } from '../options/policy-members.ts';
import { findIssues } from '../shapes/require-shape.ts';
import { defineFact } from './define-fact.ts';
import { defineOffer, type OfferInput } from './define-offer.ts';
import { resolveContent } from './resolve-content.ts';

const OFFER: OfferInput = {
  id: 'spring',
  percent: 20,
  startsAt: '2026-03-01T00:00:00Z',
  endsAt: '2026-04-01T00:00:00+02:00',
};

describe('defineOffer', () => {
  it('gives the times as epoch ms, and takes them so', () => {
    const offer = defineOffer(OFFER);
    expect(offer).toMatchObject({
      startsAt: Date.UTC(2026, 2, 1),
      endsAt: Date.UTC(2026, 2, 31, 22),
    });
    expect(defineOffer(offer)).toEqual(offer);
  });

  it.each([
    { id: '' },
    { percent: 0 },
    { percent: 101 },
    { percent: Number.NaN },
    { price: { amount: -1, currency: 'EUR' } },
    { price: { amount: 1, currency: 'euro' } },
    { code: 'a b' },
    { startsAt: '2026-03-01' },
    { endsAt: '2026-03-01T00:00:00Z' },
    { endsAt: Number.NaN },
    { conditions: [' '] },
    { regions: ['Germany'] },
  ])('refuses %o', (wrong) => {
    expect(() => defineOffer({ ...OFFER, ...wrong })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });

  it('needs terms, and knows what it has', () => {
    const { percent: _, ...bare } = OFFER;
    expect(() => defineOffer(bare)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => defineOffer({ ...OFFER, percnt: 20 } as OfferInput)).toThrow(
      expect.objectContaining({ code: 'OPTION_UNKNOWN' }),
    );
  });
});

describe('defineFact', () => {
  it.each([
    { id: 'x' },
    { id: 'x', text: 'ab' },
    { id: 'x', text: 'abc', pattern: /abc/ },
    { id: 'x', pattern: /.*/ },
    { id: '', text: 'abc' },
  ])('refuses %o', (fact) => {
    expect(() => defineFact(fact)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});

describe('resolveContent', () => {
  it('takes hosts in any case and script', () => {
    const { allowedLinkHosts } = resolveContent({
      allowedLinkHosts: ['Docs.Example', 'bücher.example'],
    });
    expect(allowedLinkHosts).toEqual(['docs.example', 'xn--bcher-kva.example']);
  });

  it.each(['https://docs.example', 'com', 'co.uk', 'github.io', 'bit.ly', 'a b.example', ''])(
    'refuses the host %j',
    (host) => {
      expect(findIssues(POLICY, { allowedLinkHosts: [host] })).toMatchObject([
        { code: 'OPTION_INVALID', path: ['allowedLinkHosts', 0] },
      ]);
    },
  );

  it('refuses an id twice', () => {
    expect(findIssues(POLICY, { offers: [OFFER, OFFER] })).toMatchObject([
      { code: 'OPTION_INVALID', message: 'offers names "spring" twice.' },
    ]);
  });

  it('takes a pattern from a file as text', () => {
    const [fromFile, fromCode] = resolveContent({
      facts: [
        { id: 'a', pattern: 'free trial' },
        { id: 'a', pattern: /free trial/ },
      ],
    }).facts;
    expect(fromFile).toEqual(fromCode);
    expect(findIssues(POLICY, { facts: [{ id: 'a', pattern: '(' }] })).toHaveLength(1);
  });
});
