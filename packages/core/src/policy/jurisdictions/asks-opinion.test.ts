import { describe, expect, it } from 'vitest';
import { sendFacts } from '../../../../../test/support/send-facts.ts';
import { parseAddress } from '../../identity/address.ts';
import type { ContentFacts } from '../facts.ts';
import { jurisdictionRule } from '../rules/jurisdiction.ts';
import { primaryPurposeRule } from '../rules/primary-purpose.ts';

describe('surveys', () => {
  const judge = (given: Partial<ContentFacts>, country = 'AT') => {
    const content = { category: 'transactional', ...given } as const;
    return jurisdictionRule()
      .evaluate(sendFacts({ audience: { country }, content }))
      .map(({ code }) => code);
  };

  it.each([
    ['its topic', { topic: 'survey' }],
    ['a tag', { tags: ['Post-Purchase-NPS'] }],
    ['the template', { template: { id: 'review-request', approved: true } }],
    ['its subject', { subject: 'How did we do?' }],
    ...[
      'Your parcel has arrived. Please rate us.',
      'How was your order? Tell us what you think.',
      'Wie zufrieden waren Sie mit Ihrem Einkauf?',
      'Über eine Bewertung bei ProvenExpert würden wir uns freuen.',
      'Ihre Rechnung liegt bei. Bewerten Sie uns jetzt!',
      'How likely are you to recommend us to a friend?',
      'Thanks! ★★★★★',
      'Donnez votre avis sur votre achat.',
      'Cuéntanos qué te ha parecido.',
      'Lasciaci una recensione. La tua opinione conta.',
      'Wat vond u van uw bestelling?',
      'Avalie a sua compra.',
      'Oceń nas!',
      'Hur nöjd är du?',
      'We would love your feedback: https://acme.example/s/1',
      'Thank you. https://acme.example/survey?o=1',
      'Please\n**rate** your purchase',
    ].map((body) => [body, { body }] as const),
  ] as const)('are known by %s', (_name, given) => {
    expect(judge(given)).toContain('EU_DIRECT_MARKETING');
    expect(judge(given, 'DE')).toContain('DE_SURVEY_IS_ADVERTISING');
  });

  it.each([
    'Please review your order before Friday.',
    'Your day rate is 340 euros; the rate limit is 10 requests per second.',
    'We have received your feedback, thank you.',
    'Your code review is due. The survey of the flat is on Monday.',
    'A five-star hotel in Bonn: your booking.',
    'Ihre Bewertungsunterlagen liegen bei. Der Umfang der Befragung steht im Vertrag.',
    '> How did we do?\n\nYour ticket is closed.',
  ])('are not what says %j', (body) => expect(judge({ body })).toEqual([]));
});

describe('answers that ask for a rating', () => {
  const thread = {
    parentFrom: parseAddress('ana@client.example'),
    parentAuthenticated: true,
    loopSigns: [],
    agentRepliesToday: 0,
    recipientsWroteHere: true,
    quotesThread: true,
  };
  const judge = (body: string, subject = 'Re: Hi') => {
    const content = { category: 'conversational', subject, body } as const;
    const facts = sendFacts({ content, facts: { thread } });
    return primaryPurposeRule.evaluate(facts).map(({ code }) => code);
  };

  it.each(['Glad it works. Please rate us: https://acme.example/r', 'Bitte bewerten Sie uns.'])(
    'are seen by a person: %j',
    (body) => expect(judge(body)).toEqual(['ANSWER_ADVERTISES']),
  );

  it.each(['I would love your feedback on the draft.', 'Let us know what you think.'])(
    'are not people who talk: %j',
    (body) => expect(judge(body)).toEqual([]),
  );

  it('are not known by their subject, which is the asker’s', () => {
    expect(judge('Thank you.', 'Re: How did we do? Rate us')).toEqual([]);
  });

  it('are known by it where they open the conversation', () => {
    const content = { category: 'conversational', subject: 'Rate us', body: 'Hello.' } as const;
    const found = primaryPurposeRule.evaluate(sendFacts({ content }));
    expect(found.map(({ code }) => code)).toEqual(['ANSWER_ADVERTISES']);
  });
});
