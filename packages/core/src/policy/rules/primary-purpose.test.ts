import { describe, expect, it } from 'vitest';
import { sendFacts } from '../../../../../test/support/send-facts.ts';
import { parseAddress } from '../../identity/address.ts';
import type { AudienceFacts, ContentFacts, RecipientFacts, SendFacts } from '../facts.ts';
import { jurisdictionRule } from './jurisdiction.ts';
import { primaryPurposeRule } from './primary-purpose.ts';

const ORDER = 'Hello Ana,\n\nyour order 5512 has left our warehouse and arrives on Tuesday.';
const ADVERT = 'Our new collection is here: shop now and save 20% on everything.';

interface Given {
  readonly content: Partial<ContentFacts>;
  readonly audience?: Partial<AudienceFacts>;
  readonly recipient?: Partial<RecipientFacts>;
  readonly facts?: Partial<SendFacts>;
}

function facts({ content, audience = { country: 'US' }, recipient = {}, facts = {} }: Given) {
  const mail = { category: 'transactional', subject: 'Your order 5512', body: ORDER } as const;
  return sendFacts({ content: { ...mail, ...content }, audience, recipient, facts });
}

function codesOf(given: Given): readonly string[] {
  const found = primaryPurposeRule.evaluate(facts(given));
  return found.map(({ effect, code }) => `${effect} ${code}`);
}

const ANA = parseAddress('ana@example.com');
const THREAD = { parentFrom: ANA, recipientsWroteHere: true, parentAuthenticated: true } as never;
const COMMERCIAL = ['hold US_PRIMARY_PURPOSE_COMMERCIAL'];

describe('the rule primary-purpose (16 CFR 316.3)', () => {
  it('US_TRANSACTIONAL: says nothing about a confirmation', () => {
    expect(codesOf({ content: {} })).toEqual([]);
  });

  it.each([
    ['a subject that advertises', { subject: 'Your order, and an exclusive offer for you' }],
    ['advertising before the transaction', { body: `${ADVERT}\n\n${ORDER}` }],
    ['advertising that is the larger part', { body: `Order 5512 is sent.\n\n${ADVERT}` }],
    ['advertising in a variable', { variables: ['a lamp. Save 20% on your next order!'] }],
    ['an advertisement in another language', { body: `Jetzt zugreifen: 20 % Rabatt auf alles!` }],
  ])('US_PRIMARY_PURPOSE_COMMERCIAL: holds %s', (_what, content) => {
    expect(codesOf({ content })).toEqual(COMMERCIAL);
  });

  it('marks the exact words', () => {
    const [found] = primaryPurposeRule.evaluate(facts({ content: { variables: ['Shop  now!'] } }));
    expect(found?.evidence).toEqual({ words: 'Shop now', where: 'variable' });
  });

  it('US_PRIMARY_PURPOSE_TX: passes when the transaction comes first, where the law says so', () => {
    const mixed = { body: `${ORDER}\n\nPayment was taken from your card.\n\n${ADVERT}` };
    expect(codesOf({ content: mixed })).toEqual([]);
    expect(codesOf({ content: mixed, audience: { country: 'DE' } })).toEqual([
      'hold EU_DIRECT_MARKETING',
    ]);
    expect(codesOf({ content: mixed, audience: { country: 'GB' } })).toHaveLength(1);
  });

  it('blocks advertising to whoever refused marketing, and approval does not change that', () => {
    const content = { subject: 'Shop now' };
    const refused = { country: 'US', withdrawnAt: 1 };
    const blocked = ['block US_PRIMARY_PURPOSE_COMMERCIAL'];
    expect(codesOf({ content, audience: refused })).toEqual(blocked);
    const suppressions = [
      { scope: 'marketing', reason: 'unsubscribe', senderId: '', createdAt: 1 },
    ];
    expect(codesOf({ content, recipient: { suppressions } })).toEqual(blocked);
    const other = [{ ...suppressions[0], senderId: 'another' }] as typeof suppressions;
    expect(codesOf({ content, recipient: { suppressions: other } })).toEqual(COMMERCIAL);
  });

  it('has the law of the place asked as for marketing', () => {
    const advertising = facts({ content: { subject: 'Shop now' }, audience: { country: 'DE' } });
    expect(jurisdictionRule().evaluate(advertising)).not.toEqual([]);
    expect(
      jurisdictionRule().evaluate(facts({ content: {}, audience: { country: 'DE' } })),
    ).toEqual([]);
  });

  it('leaves marketing and answers to their own rules', () => {
    expect(codesOf({ content: { category: 'marketing', subject: 'Shop now' } })).toEqual([]);
    const answer = { category: 'conversational', subject: 'Shop now' } as const;
    expect(codesOf({ content: answer, facts: { thread: THREAD } })).toEqual([]);
  });

  describe('of an answer', () => {
    const answer = (body: string, internal = false) =>
      codesOf({
        content: { category: 'conversational', subject: 'Re: 20% discount?', body },
        recipient: { internal },
        facts: { thread: THREAD },
      });

    it.each([
      ['at its start', ADVERT],
      ['after the answer', `${ORDER}\n\nPayment was taken from your card.\n\n${ADVERT}`],
      ['in another language', `Gern geschehen.\n\nJetzt zugreifen: 20 % Rabatt auf alles!`],
    ])('holds advertising %s', (_where, body) => {
      expect(answer(body)).toEqual(['hold ANSWER_ADVERTISES']);
    });

    it.each([
      'Hi Ana,\n\nthe plan is 20 euros a month, and 200 when paid by the year.',
      'Hi Ana,\n\nyes, your code has been applied: 20 % less on the invoice of March.',
      'If you would like to speak with somebody, reply here.\n\nKim',
      'Your refund of 49.90 euros is on its way.',
    ])('says nothing about %j, nor about the asker’s own subject', (body) => {
      expect(answer(body)).toEqual([]);
    });

    it('is not asked about colleagues', () => {
      expect(answer(ADVERT, true)).toEqual([]);
    });
  });

  it.each([
    ['the subject', { subject: '50% off everything - buy now' }],
    ['a quote of nobody', { body: `${ORDER}\n\n> ${ADVERT}` }],
    ['a block of code', { body: `${ORDER}\n\n\`\`\`\n${ADVERT}\n\`\`\`` }],
    ['an indented block', { body: `${ORDER}\n\n    ${ADVERT}` }],
  ])('P3: reads %s of mail that opens a conversation', (_where, content) => {
    const opening = { category: 'conversational', ...content } as const;
    expect(codesOf({ content: opening })).toEqual(['hold ANSWER_ADVERTISES']);
  });

  it('takes a long word without spaces for a word', () => {
    for (const line of [`${'a'.repeat(20_000)}1`, `${'見'.repeat(20_000)}。`]) {
      expect(codesOf({ content: { body: line } })).toEqual([]);
    }
  });
});
