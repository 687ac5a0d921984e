import { describe, expect, it } from 'vitest';
import { defineFact } from '../../content/define-fact.ts';
import { defineOffer } from '../../content/define-offer.ts';
import type { ContentFacts, SendFacts, SupportFacts } from '../facts.ts';
import { claims } from './claims.ts';

const NOW = Date.parse('2026-03-25T09:00:00Z');
const SPRING = defineOffer({
  id: 'spring',
  percent: 20,
  code: 'SPRING20',
  startsAt: '2026-03-01T00:00:00Z',
  endsAt: '2026-04-01T00:00:00Z',
});
const WINTER = defineOffer({
  id: 'winter',
  percent: 35,
  code: 'WINTER35',
  startsAt: '2025-12-01T00:00:00Z',
  endsAt: '2026-02-01T00:00:00Z',
});

interface Given {
  readonly subject?: string;
  readonly body?: string;
  readonly content?: Partial<ContentFacts>;
  readonly support?: Partial<SupportFacts>;
  readonly now?: number;
  readonly recipients?: readonly object[];
}

function codesOf(given: Given): readonly string[] {
  return findingsOf(given).map(({ effect, code }) => `${effect} ${code}`);
}

function findingsOf({
  subject = 'News',
  body = '',
  content,
  support,
  now = NOW,
  recipients = [],
}: Given) {
  const facts = {
    now,
    recipients,
    content: { category: 'marketing', subject, body, text: body, ...content },
    support: { offers: [SPRING, WINTER], facts: [], claims: [], hosts: [], ...support },
  };
  // The rule looks at nothing else.
  return claims.evaluate(facts as unknown as SendFacts);
}

describe('claims', () => {
  it('reads the date, not the percentage beside it', () => {
    expect(codesOf({ body: 'Our sale is 20% off, and it ends on March 31.' })).toEqual([]);
    expect(codesOf({ body: 'Our sale is 20% off, and it ends on March 30.' })).toHaveLength(1);
  });

  it('says nothing about an offer that runs', () => {
    expect(codesOf({ body: 'You get **20 %** off until March 31.' })).toEqual([]);
  });

  it('holds another percentage, with the exact words and where they stand', () => {
    const body = 'Hello,\n\nyou get **25 %** off.';
    const [finding] = findingsOf({ body });
    expect(finding).toMatchObject({
      effect: 'hold',
      needs: 'look',
      code: 'CLAIM_UNSUPPORTED',
      evidence: { words: '25 % off', where: 'body', kind: 'percentage' },
    });
    expect(body.slice(Number(finding?.evidence.offset))).toMatch(/^25 %/);
  });

  it('blocks what is over, by its terms, by its code, and by code in an approved template', () => {
    const template = { id: 't', approved: true };
    expect(codesOf({ body: 'You get 35% off.' })).toEqual(['block OFFER_EXPIRED']);
    expect(codesOf({ body: 'Type `WINTER35`.' })).toEqual(['block OFFER_EXPIRED']);
    expect(codesOf({ body: 'Type WINTER35.', content: { template } })).toEqual([
      'block OFFER_EXPIRED',
    ]);
  });

  it('blocks at claim what was right when it was asked for', () => {
    const body = 'You get 20% off.';
    expect(codesOf({ body })).toEqual([]);
    expect(codesOf({ body, now: SPRING.endsAt })).toEqual(['block OFFER_EXPIRED']);
    expect(codesOf({ body, now: SPRING.endsAt - 1 })).toEqual([]);
  });

  it('judges mail that leaves later by the day on which it leaves', () => {
    const body = 'You get 20% off.';
    const early = SPRING.startsAt - 1_000;
    expect(codesOf({ body, now: early })).toEqual(['hold OFFER_NOT_STARTED']);
    expect(codesOf({ body, now: early, content: { sendAt: SPRING.startsAt } })).toEqual([]);
    expect(codesOf({ body, content: { sendAt: SPRING.endsAt } })).toEqual(['block OFFER_EXPIRED']);
  });

  it('holds an offer whose conditions the text does not state', () => {
    const offers = [defineOffer({ ...SPRING, conditions: ['new customers'] })];
    expect(codesOf({ body: 'You get 20% off.', support: { offers } })).toEqual([
      'hold CLAIM_UNSUPPORTED',
    ]);
    const body = 'You get 20% off, for New  Customers only.';
    expect(codesOf({ body, support: { offers } })).toEqual([]);
  });

  it('takes an offer only where it holds', () => {
    const support = { offers: [defineOffer({ ...SPRING, regions: ['DE', 'AT'] })] };
    const to = (country?: string) =>
      codesOf({ body: 'You get 20% off.', support, recipients: [{ audience: { country } }] });
    expect(to('AT')).toEqual([]);
    expect(to('FR')).toEqual(['hold CLAIM_UNSUPPORTED']);
    expect(to()).toEqual(['hold CLAIM_UNSUPPORTED']);
  });

  it('lets urgency stand in a subject when the end of the offer it speaks of supports it', () => {
    const subject = 'Last day: 20% off';
    expect(codesOf({ subject, now: SPRING.endsAt - 3_600_000 })).toEqual([]);
    expect(codesOf({ subject })).toEqual(['hold SUBJECT_URGENCY_CLAIM']);
    expect(codesOf({ subject: 'Last day', now: SPRING.endsAt - 3_600_000 })).toEqual([
      'hold SUBJECT_URGENCY_CLAIM',
    ]);
  });

  it('compares a named day with the end', () => {
    expect(codesOf({ body: '20% off. The offer ends on March 31.' })).toEqual([]);
    expect(codesOf({ body: '20% off. The offer ends on 2026-03-31.' })).toEqual([]);
    expect(codesOf({ body: '20% off. The offer ends on April 15.' })).toEqual([
      'hold CLAIM_UNSUPPORTED',
    ]);
  });

  it('takes a fact as far as its words go', () => {
    const facts = [defineFact({ id: 'uptime', text: '99.9% uptime' })];
    expect(codesOf({ body: 'We had 99.9 % uptime.', support: { facts } })).toEqual([]);
    expect(codesOf({ body: '99.9 % of you renew.', support: { facts } })).toEqual([
      'hold CLAIM_UNSUPPORTED',
    ]);
  });

  it('takes remembered words, and no others', () => {
    const support = { claims: ['one of a kind', 'free gift'] };
    expect(codesOf({ body: 'Take your Free  gift.', support })).toEqual([]);
    expect(codesOf({ body: 'Take your free phone.', support })).toEqual(['hold CLAIM_UNSUPPORTED']);
  });

  it('reads of an approved template only what an agent put into it', () => {
    const template = { id: 't', approved: true };
    const body = '50% off, guaranteed: 90% off!';
    expect(codesOf({ body, content: { template, variables: ['Ana'] } })).toEqual([]);
    expect(codesOf({ body, content: { template, variables: ['90% off!'] } })).toEqual([
      'hold CLAIM_UNSUPPORTED',
    ]);
  });

  it('leaves other mail, quotes, code, links and signatures alone', () => {
    const body =
      '> 50% off\n\n`50% off`\n\nhttps://acme.example/50%25-off\n\n-- \nAcme, #1 in planning';
    expect(codesOf({ body })).toEqual([]);
    expect(codesOf({ body: '50% off', content: { category: 'conversational' } })).toEqual([]);
  });

  it('does not take a long text after two dashes for a signature', () => {
    const body = `Hello\n\n-- \n${'All of it. '.repeat(50)}90% off!`;
    expect(codesOf({ body })).toEqual(['hold CLAIM_UNSUPPORTED']);
  });

  it('supports nothing when nothing was declared', () => {
    const content = { category: 'marketing', subject: '20% off', body: '', text: '' };
    const facts = { now: NOW, content, recipients: [] } as unknown as SendFacts;
    expect(claims.evaluate(facts).map(({ code }) => code)).toEqual(['CLAIM_UNSUPPORTED']);
  });

  it('holds a text that is longer than what it reads, whatever stands at its end', () => {
    const filler = 'word '.repeat(40_000);
    expect(codesOf({ body: filler })).toEqual([]);
    expect(codesOf({ body: `${filler}. 50% off!` })).toEqual(['hold CLAIM_UNSUPPORTED']);
  });

  it('holds what makes more claims than it reads, true as they may be', () => {
    const line = (at: number) => `${at}: you get 20% off.`;
    const body = Array.from({ length: 600 }, (_, at) => line(at)).join('\n');
    expect(codesOf({ body })).toEqual(['hold CLAIM_UNSUPPORTED']);
  });

  it('puts what is too much into one finding', () => {
    const body = Array.from({ length: 60 }, (_, at) => `${at + 1}% more`).join('\n');
    expect(findingsOf({ body })).toHaveLength(21);
  });
});
