import { describe, expect, it } from 'vitest';
import {
  consentFact,
  type GivenFacts,
  NOW,
  sendFacts,
} from '../../../../../test/support/send-facts.ts';
import type { SoftOptInLimbs } from '../../consent/consent-basis.ts';
import type { ConsentFact } from '../../consent/standing-consents.ts';
import { BUILT_IN_PACKS } from '../jurisdictions/built-in-packs.ts';
import { deliveryBasis } from '../jurisdictions/delivery-basis.ts';
import { resolvePacks } from '../jurisdictions/resolve-packs.ts';
import { aiDisclosure } from './ai-disclosure.ts';
import { jurisdictionRule } from './jurisdiction.ts';

const rule = jurisdictionRule();
const LIMBS: SoftOptInLimbs = {
  sameEntity: true,
  sale: 'purchase',
  similarProducts: true,
  optOutAtCollection: true,
};

const consent = (over: Partial<ConsentFact> = {}): GivenFacts => ({
  audience: { consents: [consentFact(over)] },
});
const soft = (over: Partial<SoftOptInLimbs> = {}): GivenFacts =>
  consent({ basis: 'soft_opt_in', limbs: { ...LIMBS, ...over } });
const both = (a: GivenFacts, b: GivenFacts): GivenFacts => ({
  ...a,
  ...b,
  audience: { ...a.audience, ...b.audience },
});
/** `allow`, or `effect CODE` and what a hold needs. */
function judge(country: string, given: GivenFacts): string {
  const facts = sendFacts(both(given, { audience: { country } }));
  const found = rule
    .evaluate(facts)
    .map(({ effect, code, needs }) => [effect, code, needs].filter(Boolean).join(' '));
  return found.length === 0 ? 'allow' : found.join(', ');
}
const basisIn = (country: string, given: GivenFacts): string | undefined => {
  const facts = sendFacts(both(given, { audience: { country } }));
  const [recipient] = facts.recipients;
  return recipient && deliveryBasis(BUILT_IN_PACKS, facts, recipient)?.basis;
};

const refused: GivenFacts = { audience: { withdrawnAt: NOW - 1 } };
const transactional = { category: 'transactional' as const };

// One case per row of compliance.md §2.1–§2.5 that these facts can answer.
const CASES: readonly (readonly [string, string, GivenFacts, string])[] = [
  ['US: no consent is needed', 'US', {}, 'allow'],
  ['US: an opt-out counts at once', 'US', refused, 'block OPTED_OUT'],
  ['US: a harvested address', 'US', { audience: { collected: 'harvested' } }, 'block HARVESTED'],
  ['US: a generated address', 'US', { audience: { collected: 'generated' } }, 'block HARVESTED'],
  ['US: mail of a transaction', 'US', { content: transactional }, 'allow'],
  ['CA: nothing recorded', 'CA', {}, 'hold CONSENT_MISSING fact'],
  ['CA: express consent with proof', 'CA', consent(), 'allow'],
  ['CA: express without proof', 'CA', consent({ proven: false }), 'hold CONSENT_MISSING fact'],
  ['CA: a purchase', 'CA', consent({ basis: 'implied_purchase', expiresAt: NOW + 1 }), 'allow'],
  [
    'CA: a purchase too long ago',
    'CA',
    consent({ basis: 'implied_purchase', expiresAt: NOW }),
    'block CA_IMPLIED_EXPIRED',
  ],
  ['CA: an inquiry', 'CA', consent({ basis: 'implied_inquiry', expiresAt: NOW + 1 }), 'allow'],
  [
    'CA: an inquiry too long ago',
    'CA',
    consent({ basis: 'implied_inquiry', expiresAt: NOW }),
    'block CA_IMPLIED_EXPIRED',
  ],
  ['CA: a subscription', 'CA', consent({ basis: 'implied_subscription' }), 'allow'],
  ['CA: a membership', 'CA', consent({ basis: 'implied_membership' }), 'allow'],
  ['CA: published', 'CA', consent({ basis: 'published' }), 'hold CA_PUBLISHED look'],
  ['CA: disclosed, with proof', 'CA', consent({ basis: 'disclosed' }), 'allow'],
  [
    'CA: disclosed, without proof',
    'CA',
    consent({ basis: 'disclosed', proven: false }),
    'hold CONSENT_MISSING fact',
  ],
  [
    'CA: a referral, once',
    'CA',
    { ...consent({ basis: 'referral' }), recipient: { firstContact: true } },
    'allow',
  ],
  ['CA: a referral, again', 'CA', consent({ basis: 'referral' }), 'hold CONSENT_MISSING fact'],
  [
    'CA: a request for consent',
    'CA',
    { content: { tags: ['consent-request'] } },
    'block CA_CONSENT_REQUEST_IS_CEM',
  ],
  [
    'CA: the confirmation of a sign-up',
    'CA',
    { content: { asksToConfirm: true } },
    'block CA_CONSENT_REQUEST_IS_CEM',
  ],
  ['CA: an opt-out', 'CA', both(consent(), refused), 'block OPTED_OUT'],
  ['EU: the confirmation of a sign-up', 'DE', { content: { asksToConfirm: true } }, 'allow'],
  [
    'EU: a request for consent that nobody signed up for',
    'AT',
    { content: { tags: ['consent-request'] } },
    'hold CONSENT_MISSING fact',
  ],
  ['EU: nothing recorded', 'AT', {}, 'hold CONSENT_MISSING fact'],
  ['EU: proven consent', 'AT', consent(), 'allow'],
  ['EU: unproven consent', 'AT', consent({ proven: false }), 'block EU_CONSENT_UNPROVEN'],
  ['EU: the full soft opt-in', 'AT', soft(), 'allow'],
  ['EU: a freemium funnel', 'AT', soft({ sale: 'freemium_upsell' }), 'allow'],
  ['EU: a free account', 'AT', soft({ sale: 'freemium' }), 'hold EU_SOFT_OPTIN_FREEMIUM look'],
  ['EU: no sale', 'AT', soft({ sale: 'none' }), 'block EU_SOFT_OPTIN_FAIL:sale'],
  ['EU: negotiations only', 'AT', soft({ sale: 'negotiation' }), 'block EU_SOFT_OPTIN_FAIL:sale'],
  ['EU: another entity', 'AT', soft({ sameEntity: false }), 'block EU_SOFT_OPTIN_FAIL:same_entity'],
  [
    'EU: other products',
    'AT',
    soft({ similarProducts: false }),
    'block EU_SOFT_OPTIN_FAIL:similar_products',
  ],
  [
    'EU: no opt-out at collection',
    'AT',
    soft({ optOutAtCollection: false }),
    'block EU_SOFT_OPTIN_FAIL:opt_out_at_collection',
  ],
  ['EU: an objection', 'AT', both(consent(), refused), 'block OBJECTED'],
  [
    'EU: a survey as transactional mail',
    'AT',
    { content: { ...transactional, tags: ['survey'] } },
    'block EU_DIRECT_MARKETING',
  ],
  [
    'EU: third-party data, not told',
    'AT',
    both(consent(), { audience: { collected: 'third_party' } }),
    'block EU_ART14_NOTICE',
  ],
  [
    'EU: third-party data, told',
    'AT',
    both(consent(), { audience: { collected: 'third_party', noticeSent: true } }),
    'allow',
  ],
  ['DE: express without double opt-in', 'DE', consent(), 'hold DE_NO_DOI look'],
  ['DE: double opt-in', 'DE', consent({ basis: 'double_opt_in' }), 'allow'],
  ['DE: the full soft opt-in', 'DE', soft(), 'allow'],
  [
    'DE: a survey without consent',
    'DE',
    { content: { topic: 'survey' } },
    'block DE_SURVEY_IS_ADVERTISING',
  ],
  [
    'DE: a review request as transactional mail',
    'DE',
    { content: { ...transactional, tags: ['review_request'] } },
    'block DE_SURVEY_IS_ADVERTISING',
  ],
  [
    'DE: a survey on double opt-in',
    'DE',
    { ...consent({ basis: 'double_opt_in' }), content: { topic: 'survey' } },
    'allow',
  ],
  ['DE: a survey on soft opt-in', 'DE', { ...soft(), content: { topic: 'survey' } }, 'allow'],
  ['UK: the confirmation of a sign-up', 'GB', { content: { asksToConfirm: true } }, 'allow'],
  ['UK: nothing recorded, kind unknown', 'GB', {}, 'hold CONSENT_MISSING fact'],
  ['UK: a person at a company', 'GB', { audience: { kind: 'company_person' } }, 'allow'],
  ['UK: a sole trader', 'GB', { audience: { kind: 'sole_trader' } }, 'hold CONSENT_MISSING fact'],
  ['UK: proven consent', 'GB', consent(), 'allow'],
  ['UK: unproven consent', 'GB', consent({ proven: false }), 'block UK_CONSENT_UNPROVEN'],
  ['UK: the full soft opt-in', 'GB', soft(), 'allow'],
  ['UK: negotiations', 'GB', soft({ sale: 'negotiation' }), 'allow'],
  ['UK: a free account', 'GB', soft({ sale: 'freemium' }), 'hold UK_SOFT_OPTIN_FREEMIUM look'],
  ['UK: another entity', 'GB', soft({ sameEntity: false }), 'block UK_SOFT_OPTIN_FAIL:same_entity'],
  ['UK: an objection', 'GB', refused, 'block OBJECTED'],
  [
    'UK: third-party data, not told',
    'GB',
    both(consent(), { audience: { collected: 'third_party' } }),
    'block EU_ART14_NOTICE',
  ],
  [
    'UK: a survey as transactional mail',
    'GB',
    { content: { ...transactional, tags: ['nps'] } },
    'block UK_DIRECT_MARKETING',
  ],
  [
    'California: no provenance',
    'US',
    { audience: { region: 'CA' } },
    'hold PROVENANCE_MISSING look',
  ],
  ['California: provenance', 'US', { audience: { region: 'CA', collected: 'direct' } }, 'allow'],
  ['AU: nothing recorded', 'AU', {}, 'hold CONSENT_MISSING fact'],
  ['AU: express', 'AU', consent(), 'allow'],
  ['AU: inferred', 'AU', consent({ basis: 'implied_purchase' }), 'allow'],
  ['AU: published', 'AU', consent({ basis: 'published' }), 'hold AU_PUBLISHED look'],
  ['AU: an opt-out', 'AU', refused, 'block OPTED_OUT'],
  ['NZ: nothing recorded', 'NZ', {}, 'hold CONSENT_MISSING fact'],
  ['NZ: express', 'NZ', consent(), 'allow'],
  ['NZ: inferred', 'NZ', consent({ basis: 'implied_purchase' }), 'allow'],
  ['NZ: published', 'NZ', consent({ basis: 'published' }), 'hold NZ_DEEMED look'],
  ['NZ: an opt-out', 'NZ', refused, 'block OPTED_OUT'],
  ['SG: no consent, no label', 'SG', {}, 'hold SG_ADV_LABEL fact'],
  ['SG: labelled', 'SG', { content: { subject: '<ADV> Acme 5' } }, 'allow'],
  ['SG: consent', 'SG', consent(), 'allow'],
  ['SG: an opt-out', 'SG', refused, 'block OPTED_OUT'],
];

describe('the rule jurisdiction', () => {
  it.each(CASES)('%s', (_, country, given, expected) => {
    expect(judge(country, given)).toBe(expected);
  });

  it.each(['FI', 'FR', 'IE'])(
    'EU: %s lets a business address be written to, with a test on file',
    (cc) => {
      const given = consent({ basis: 'legitimate_interest', balancing: 'LIA-7', proven: false });
      const kind = (each: 'company_person' | 'individual') =>
        both(given, { audience: { kind: each } });
      expect(judge(cc, kind('company_person'))).toBe('allow');
      expect(judge(cc, kind('individual'))).toBe('hold CONSENT_MISSING fact');
      expect(judge(cc, given)).toBe('hold CONSENT_MISSING fact');
      const without = consent({ basis: 'legitimate_interest' });
      expect(judge(cc, both(without, { audience: { kind: 'role' } }))).toBe(
        'hold CONSENT_MISSING fact',
      );
    },
  );

  it.each(['DE', 'DK', 'IT', 'NL', 'AT'])('EU: %s asks businesses, too', (cc) => {
    const given = consent({ basis: 'legitimate_interest', balancing: 'LIA-7' });
    const role = both(given, { audience: { kind: 'role' } });
    expect(judge(cc, role)).toBe('hold CONSENT_MISSING fact');
  });

  it('EU: Belgium lets only a generic business address be written to', () => {
    const given = consent({ basis: 'legitimate_interest', balancing: 'LIA-7' });
    expect(judge('BE', both(given, { audience: { kind: 'role' } }))).toBe('allow');
    expect(judge('BE', both(given, { audience: { kind: 'company_person' } }))).toBe(
      'hold CONSENT_MISSING fact',
    );
  });

  it('asks every pack when the country is not known, and takes the strictest', () => {
    const found = rule.evaluate(sendFacts());
    expect(found).toMatchObject([
      {
        effect: 'hold',
        needs: 'fact',
        code: 'JURISDICTION_UNKNOWN',
        evidence: { fact: 'country' },
      },
    ]);
    const expired = consent({ basis: 'implied_purchase', expiresAt: NOW });
    expect(rule.evaluate(sendFacts(expired))[0]?.code).toBe('CA_IMPLIED_EXPIRED');
    expect(rule.evaluate(sendFacts(consent()))[0]?.code).toBe('JURISDICTION_UNKNOWN');
    expect(rule.evaluate(sendFacts(consent({ basis: 'double_opt_in' })))).toEqual([]);
  });

  it('asks every pack for a country that none covers', () => {
    expect(judge('BR', {})).toBe('hold JURISDICTION_NOT_COVERED fact');
    expect(judge('BR', consent({ basis: 'double_opt_in' }))).toBe('allow');
  });

  it('P2: blocks when no row of a pack fits', () => {
    const empty = jurisdictionRule([
      { id: 'xx', version: '1', title: 'x', countries: ['US'], rows: [] },
    ]);
    const [found] = empty.evaluate(sendFacts({ audience: { country: 'US' } }));
    expect(found).toMatchObject({ effect: 'block', code: 'JURISDICTION_UNDECIDED' });
  });

  it('leaves conversations, and transactions that are no survey, to other rules', () => {
    expect(judge('DE', { content: { category: 'conversational' } })).toBe('allow');
    expect(judge('DE', { content: transactional })).toBe('allow');
  });

  it('says on what a delivery goes out', () => {
    expect(basisIn('US', {})).toBe('opt_out');
    expect(basisIn('CA', consent())).toBe('express');
    expect(basisIn('AT', soft())).toBe('soft_opt_in');
    expect(basisIn('AT', { content: { category: 'conversational' } })).toBe(undefined);
  });

  it('names a law, and a code that catalogues use, on every row', () => {
    for (const { rows } of BUILT_IN_PACKS) {
      for (const row of rows) {
        expect(row.law).not.toBe('');
        expect(row.code).toMatch(/^[A-Z][A-Z0-9_]+(?:\{country\}|:\{limb\})?$/);
        expect(row.effect === 'hold').toBe(row.needs !== undefined);
      }
      expect(Object.keys(rows.at(-1)?.when ?? { no: 'last row' })).toEqual([]);
    }
  });
});

describe('the rule ai-disclosure', () => {
  const judgeAi = (country: string | undefined, text: string) =>
    aiDisclosure.evaluate(
      sendFacts({
        audience: country === undefined ? {} : { country },
        content: { category: 'conversational', text },
      }),
    );

  it('holds an answer to somebody in the EU that does not say what writes', () => {
    expect(judgeAi('DE', 'Hi Ana')[0]?.code).toBe('AI_DISCLOSURE_REQUIRED');
    expect(judgeAi('US', 'Hi Ana')).toEqual([]);
    expect(judgeAi('BR', 'Hi Ana')).toEqual([]);
    // Nobody knows where: the strictest of all holds.
    expect(judgeAi(undefined, 'Hi Ana')[0]?.code).toBe('AI_DISCLOSURE_REQUIRED');
    expect(judgeAi(undefined, 'I am an AI assistant.')).toEqual([]);
    expect(judgeAi('DE', 'Hi Ana\n\nI am an AI assistant of Acme.')).toEqual([]);
  });

  it.each([
    'Written by our AI assistant.',
    'I’m an automated agent.',
    'Diese Antwort wurde von einer KI verfasst.',
    'Ich bin der KI-Assistent von Acme.',
    'Je suis un assistant virtuel.',
    'Soy el asistente de IA de Acme.',
    'Dit antwoord komt van onze virtuele assistent.',
    'Kind regards\nMia, AI assistant at Acme',
    'Hi Ana,\n\nyes. As an AI, I cannot sign for you.',
    'Cette réponse a été rédigée par une IA.',
    'Este mensaje ha sido escrito por un asistente virtual.',
    'Questo messaggio è stato scritto da un’intelligenza artificiale.',
    'Sou o assistente virtual da Acme.',
  ])('takes %j as said', (text) => expect(judgeAi('AT', text)).toEqual([]));

  it.each([
    "J'ai reçu votre message.",
    'Our AI features are in the Pro plan.',
    'I read your main.ai',
    'Our new AI assistant sorts your invoices.',
    'Meet Otto\nOur new AI assistant\nIt sorts your invoices.',
    'I am sure that our AI assistant can sort them.',
    'I am an AI engineer at Acme.',
    'I am not an AI assistant.',
    'Mit unserem KI-Assistenten sortieren Sie Rechnungen.',
    'Notre assistante IA trie vos factures.',
    'Invoices are drafted by our AI assistant.',
    'Yes.\n\n> I am an AI assistant of Globex.',
  ])('does not take %j as said', (text) => expect(judgeAi('FR', text)).toHaveLength(1));

  it('takes the words of the mailbox as said, and asks nothing for colleagues', () => {
    const content = {
      category: 'conversational',
      text: 'Pisze maszyna.',
      disclosed: true,
    } as const;
    expect(aiDisclosure.evaluate(sendFacts({ audience: { country: 'PL' }, content }))).toEqual([]);
    const colleague = { audience: { country: 'PL' }, recipient: { internal: true } };
    const answer = { category: 'conversational', text: 'Hi' } as const;
    expect(aiDisclosure.evaluate(sendFacts({ ...colleague, content: answer }))).toEqual([]);
  });
});

describe('resolvePacks', () => {
  const pack = { id: 'jp', version: '1', title: 'Japan', countries: ['JP'], rows: [] };
  const rows = (when: object, over: object = {}) =>
    [{ when, effect: 'allow', code: 'X', law: 'x', message: 'x', ...over }] as never;

  it('adds own packs, and replaces a built-in one by its id', () => {
    const ids = (own: readonly (typeof pack)[]) => resolvePacks(own).map(({ id }) => id);
    expect(ids([pack])).toEqual([...BUILT_IN_PACKS.map(({ id }) => id), 'jp']);
    expect(ids([{ ...pack, id: 'ca' }])).toHaveLength(BUILT_IN_PACKS.length);
  });

  it.each([
    [
      'a condition that does not exist',
      { ...pack, rows: rows({ bases: ['express'] }) },
      'OPTION_UNKNOWN',
    ],
    [
      'a domain that no address can have',
      { ...pack, rows: rows({ domains: ['Vtext.com'] }) },
      'OPTION_INVALID',
    ],
    ['a basis that does not exist', { ...pack, rows: rows({ basis: ['wish'] }) }, 'OPTION_INVALID'],
    ['a hold without a need', { ...pack, rows: rows({}, { effect: 'hold' }) }, 'OPTION_INVALID'],
    [
      'an effect that does not exist',
      { ...pack, rows: rows({}, { effect: 'ok' }) },
      'OPTION_INVALID',
    ],
    ['a country in words', { ...pack, countries: ['Japan'] }, 'OPTION_INVALID'],
    ['no country', { ...pack, countries: [] }, 'OPTION_INVALID'],
  ])('refuses %s', (_, own, code) => {
    expect(() => resolvePacks([own])).toThrow(expect.objectContaining({ code }));
  });
});
