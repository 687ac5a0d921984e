import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Consent } from '../storage/tables/consent.ts';
import { addMonths } from './add-months.ts';
import { CONSENT_BASES } from './consent-basis.ts';
import { expiryOf } from './expiry-of.ts';
import { standingConsents } from './standing-consents.ts';

const DAY = 86_400_000;
const GRANT: Consent = {
  ...{ tenant: 'default', id: 'c1', canonical: 'h', key_id: 'k1', canonicalisation: 1 },
  ...{ sender_id: 'acme', purpose: 'marketing', topics: '[]', kind: 'grant', basis: 'express' },
  ...{ limbs: null, balancing: null, wording_version: 'v1', expires_at: null },
  ...{ evidence: '{"method":"web form"}', obtained_at: 10, reported_by: 'system' },
  ...{ on_behalf_of: null, recorded_at: 10, confirmed_by: 'system', confirmed_at: 10 },
};
const grant = (over: Partial<Consent> = {}): Consent => ({ ...GRANT, ...over });
const withdrawal = (at: number, over: Partial<Consent> = {}): Consent =>
  grant({ kind: 'withdrawal', basis: null, obtained_at: at, confirmed_at: at, ...over });
const basesAt = (rows: readonly Consent[], at: number, topic?: string) =>
  standingConsents(rows, { granted: topic, refused: topic }, at).consents.map(({ basis }) => basis);

describe('standingConsents', () => {
  it('counts a grant from its confirmation, not from its date', () => {
    const rows = [grant({ obtained_at: 10, confirmed_at: 20 })];
    expect(basesAt(rows, 19)).toEqual([]);
    expect(basesAt(rows, 20)).toEqual(['express']);
    expect(basesAt([grant({ confirmed_at: null })], 100)).toEqual([]);
  });

  it('ends with a withdrawal, from the moment it was made', () => {
    const rows = [grant(), withdrawal(30, { recorded_at: 50 })];
    expect(basesAt(rows, 29)).toEqual(['express']);
    expect(standingConsents(rows, {}, 30)).toEqual({ consents: [], withdrawnAt: 30 });
  });

  it('P3: only a newer express consent ends a withdrawal; a tie goes to the withdrawal', () => {
    const after = (basis: Consent['basis'], at: number) => [
      withdrawal(30),
      grant({ basis, obtained_at: at, confirmed_at: at }),
    ];
    expect(basesAt(after('express', 31), 40)).toEqual(['express']);
    expect(basesAt(after('double_opt_in', 31), 40)).toEqual(['double_opt_in']);
    expect(basesAt(after('express', 30), 40)).toEqual([]);
    expect(basesAt(after('implied_purchase', 31), 40)).toEqual([]);
    expect(basesAt(after('soft_opt_in', 31), 40)).toEqual([]);
  });

  it('P8: a withdrawal outlives a bulk answer, a list that nobody answers for, and what has no proof', () => {
    const later = { obtained_at: 31, confirmed_at: 31 };
    for (const weak of [
      { reported_by: 'task:t1' },
      { confirmed_by: 'import' },
      { wording_version: null },
      { evidence: '{"method":"web form","preTicked":true}' },
    ]) {
      const rows = [withdrawal(30), grant({ ...later, ...weak })];
      expect(standingConsents(rows, {}, 40)).toEqual({ consents: [], withdrawnAt: 30 });
    }
    expect(basesAt([withdrawal(30), grant(later)], 40)).toEqual(['express']);
  });

  it('keeps topics apart', () => {
    const rows = [grant({ topics: '["news"]' })];
    expect(basesAt(rows, 20, 'news')).toEqual(['express']);
    expect(basesAt(rows, 20, 'offers')).toEqual([]);
    expect(basesAt(rows, 20)).toEqual([]);
    const taken = [grant(), withdrawal(15, { topics: '["offers"]' })];
    expect(basesAt(taken, 20, 'offers')).toEqual([]);
    expect(basesAt(taken, 20, 'news')).toEqual(['express']);
    expect(basesAt([grant(), withdrawal(15)], 20, 'news')).toEqual([]);
    // P3: leaving the topic out is no way around it.
    expect(standingConsents(taken, {}, 20)).toEqual({ consents: [], withdrawnAt: 15 });
  });

  it('calls proven only what shows how, and to which words, without a pre-ticked box', () => {
    const provenBy = (over: Partial<Consent>) =>
      standingConsents([grant(over)], {}, 20).consents[0]?.proven;
    expect(provenBy({})).toBe(true);
    expect(provenBy({ wording_version: null })).toBe(false);
    expect(provenBy({ evidence: '{"method":" "}' })).toBe(false);
    expect(provenBy({ evidence: '{"method":"web form","preTicked":true}' })).toBe(false);
    expect(provenBy({ evidence: '{"method":"web form","bundled":true}' })).toBe(false);
    expect(provenBy({ evidence: '{"method":"web form","senderNamed":false}' })).toBe(false);
  });

  it('P3: a withdrawal more never adds a consent', () => {
    const at = fc.integer({ min: 0, max: 50 });
    const row = fc.record({ basis: fc.constantFrom(...CONSENT_BASES), at, no: fc.boolean() });
    const toRow = ({
      basis,
      at: when,
      no,
    }: {
      basis: Consent['basis'];
      at: number;
      no: boolean;
    }) => (no ? withdrawal(when) : grant({ basis, obtained_at: when, confirmed_at: when }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), at, at, (rows, more, now) => {
        const before = standingConsents(rows.map(toRow), {}, now);
        const after = standingConsents([...rows.map(toRow), withdrawal(more)], {}, now);
        expect(before.consents).toEqual(expect.arrayContaining([...after.consents]));
        if (before.withdrawnAt !== undefined) expect(after.withdrawnAt).toBeDefined();
      }),
    );
  });
});

describe('expiryOf', () => {
  const at = Date.parse('2024-02-29T12:00:00Z');
  const ends = (basis: (typeof CONSENT_BASES)[number], wanted?: number) => {
    const end = expiryOf(basis, at, wanted);
    return end === null ? null : new Date(end).toISOString().slice(0, 10);
  };

  it('ends what CASL implies after two years or six months, and nothing later than asked', () => {
    expect(ends('implied_purchase')).toBe('2026-02-28');
    expect(ends('implied_subscription')).toBe('2026-02-28');
    expect(ends('implied_membership')).toBe('2026-02-28');
    expect(ends('implied_inquiry')).toBe('2024-08-29');
    expect(ends('express')).toBe(null);
    expect(ends('implied_purchase', at + DAY)).toBe('2024-03-01');
    expect(ends('implied_inquiry', at + 1_000 * DAY)).toBe('2024-08-29');
  });

  it('takes the last day of a shorter month', () => {
    const end = addMonths(Date.parse('2025-08-31T00:00:00Z'), 6);
    expect(new Date(end).toISOString().slice(0, 10)).toBe('2026-02-28');
  });
});
