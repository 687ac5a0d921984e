import { describe, expect, it } from 'vitest';
import { sendFacts } from '../../../../../test/support/send-facts.ts';
import { defineOffer } from '../../content/define-offer.ts';
import { toDeal } from '../../content/to-deal.ts';
import { offerExtended } from './offer-extended.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-25T09:00:00Z');
const TERMS = { id: 'spring-2', percent: 20, code: 'SPRING20', endsAt: NOW + 9 * DAY };

interface Given {
  readonly startsAt?: number;
  readonly toldEndsAt?: number;
  readonly told?: object;
  readonly subject?: string;
  readonly category?: 'marketing' | 'transactional';
}

function codesOf(given: Given): readonly string[] {
  const { startsAt = NOW - 20 * DAY, toldEndsAt = NOW - DAY, told = {} } = given;
  const { subject = '20% off', category = 'marketing' } = given;
  const offer = defineOffer({ ...TERMS, startsAt });
  const deal = toDeal({ ...offer, id: 'spring', ...told });
  const support = {
    offers: [offer],
    facts: [],
    claims: [],
    hosts: [],
    deadlines: [{ deal, endsAt: toldEndsAt }],
  };
  const facts = sendFacts({ now: NOW, content: { subject, category }, facts: { support } });
  return offerExtended.evaluate(facts).map(({ effect, code }) => `${effect} ${code}`);
}

describe('the rule offer-extended', () => {
  it('holds a deal that people were told is over, under another id as well', () => {
    expect(codesOf({})).toEqual(['hold OFFER_EXTENDED_AFTER_DEADLINE']);
    expect(codesOf({ subject: 'Use SPRING20' })).toHaveLength(1);
  });

  it.each([
    ['has not ended yet', { toldEndsAt: NOW + 1 }],
    ['is another deal', { told: { percent: 25 } }],
    ['came back after a week', { startsAt: NOW - DAY, toldEndsAt: NOW - 8 * DAY }],
    ['is not spoken of', { subject: 'News' }],
    ['is no marketing', { category: 'transactional' }],
  ] as const)('says nothing when what was told %s', (_what, given) => {
    expect(codesOf(given)).toEqual([]);
  });

  it('holds when it came back within a week', () => {
    expect(codesOf({ startsAt: NOW - DAY, toldEndsAt: NOW - 8 * DAY + 1 })).toHaveLength(1);
  });
});
