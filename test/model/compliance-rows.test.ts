import { listTools } from '@mailwarden/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineOffer } from '../../packages/core/src/content/define-offer.ts';
import type { Offer } from '../../packages/core/src/content/offer.ts';
import { toDeal } from '../../packages/core/src/content/to-deal.ts';
import { parseAddress } from '../../packages/core/src/identity/address.ts';
import { builtInRules } from '../../packages/core/src/policy/built-in-rules.ts';
import { decide } from '../../packages/core/src/policy/decide.ts';
import type { AudienceFacts, ContentFacts } from '../../packages/core/src/policy/facts.ts';
import { BUILT_IN_PACKS } from '../../packages/core/src/policy/jurisdictions/built-in-packs.ts';
import { judgeRecipient } from '../../packages/core/src/policy/jurisdictions/judge-recipient.ts';
import { PACKS, readJurisdictionDoc } from '../smoke/jurisdictions-doc.ts';
import { databases } from '../support/databases.ts';
import { consentFact, type GivenFacts, NOW, sendFacts } from '../support/send-facts.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

/** Every row of the decision tables; in brackets what the tables say without a code. */
const ROWS = {
  'US: CAN-SPAM': [
    ...['US_TRANSACTIONAL', 'US_PRIMARY_PURPOSE_COMMERCIAL', 'US_PRIMARY_PURPOSE_TX', 'OPTED_OUT'],
    ...['US_OPTOUT_MECHANISM', 'US_OPTOUT_TTL', 'US_OPTOUT_ALL_MISSING', 'POSTAL_ADDRESS_MISSING'],
    ...['HEADER_DECEPTIVE', 'SUBJECT_DECEPTIVE', 'US_AD_ID', 'US_MULTI_SENDER', 'HARVESTED'],
    ...['US_OPTOUT_TRANSFER', 'US_WIRELESS_DOMAIN', 'SUBJECT_URGENCY_CLAIM', 'OFFER_EXPIRED'],
    'OFFER_EXTENDED_AFTER_DEADLINE',
  ],
  'Canada: CASL': [
    ...['CA_EXPRESS', 'CA_EBR_2Y', 'CA_INQUIRY_6M', 'CA_EBR_SUBS', 'CA_ENBR_2Y', 'CA_PUBLISHED'],
    ...['CA_DISCLOSED', 'CA_REFERRAL_ONCE', 'CA_CONSENT_REQUEST_IS_CEM', 'CA_6_6', 'CA_EXEMPT'],
    ...['CA_IMPLIED_EXPIRED', '[form]'],
  ],
  'EU and UK': [
    ...['EU_CONSENT', 'EU_CONSENT_UNPROVEN', 'EU_SOFT_OPTIN', 'EU_SOFT_OPTIN_FREEMIUM'],
    ...['EU_SOFT_OPTIN_FAIL:<limb>', 'EU_DIRECT_MARKETING', 'OBJECTED', 'EU_WITHDRAWAL_FRICTION'],
    ...['EU_B2B_<CC>', 'DE_SURVEY_IS_ADVERTISING', 'DE_NO_DOI', 'EU_ART14_NOTICE', 'EU_ART22'],
    ...['TRACKING_CONSENT', 'EU_SENDER_IDENTITY', '[clocks]', '[UK]', '[erasure]'],
  ],
  California: [
    ...['CCPA_OPTOUT_SHARE', 'CCPA_DELETED', 'CCPA_REASK_12M', 'DELETE_ACT_DROP', 'CCPA_MINOR'],
    'PROVENANCE_MISSING',
  ],
  'EU AI Act': [
    ...['AI_DISCLOSURE_REQUIRED', 'AI_OBVIOUS', 'AI_HUMAN_REVIEWED', 'AI_MARKING_PROVIDER'],
    '[store]',
  ],
} as const;

/** A row, what is tried, the facts of one send, and `effect CODE` as the policy answers. */
type EnforcedCase = readonly [row: string, what: string, given: GivenFacts, answer: string];

/** A row, the page of its regime, and the reason as it stands there under "Not enforced". */
type NotEnforcedCase = readonly [row: string, page: string, reason: string];

const DAY = 86_400_000;
const LIMBS = {
  ...{ sameEntity: true, similarProducts: true, optOutAtCollection: true },
  sale: 'purchase' as const,
};
const ORDER = 'Hello Ana,\n\nyour order 5512 has left our warehouse and arrives on Tuesday.';
const ADVERT = 'Our new collection is here: shop now and save 20% on everything.';
const LONG_ORDER = `${ORDER}\n\nPayment was taken from your card.\n\n${ADVERT}`;
const OVER = offer(NOW - DAY);
const EXTENDED = offer(NOW + 9 * DAY);
const THREAD = {
  parentFrom: parseAddress('ana@example.com'),
  ...{ parentAuthenticated: true, recipientsWroteHere: true },
  ...{ quotesThread: true, loopSigns: [], agentRepliesToday: 0 },
};

function offer(endsAt: number): Offer {
  return defineOffer({ id: 'spring', percent: 20, startsAt: NOW - 20 * DAY, endsAt });
}

const at = (country: string, audience: Partial<AudienceFacts> = {}): GivenFacts => ({
  audience: { country, ...audience },
});
const agreed = (country: string, over: Parameters<typeof consentFact>[0] = {}): GivenFacts =>
  at(country, { consents: [consentFact(over)] });
const soft = (over: Partial<typeof LIMBS>, sale: 'purchase' | 'freemium_upsell' | 'freemium') =>
  agreed('AT', { basis: 'soft_opt_in', limbs: { ...LIMBS, ...over, sale } });
const transaction = (country: string, content: Partial<ContentFacts> = {}): GivenFacts => ({
  ...at(country),
  content: { category: 'transactional', subject: 'Your order 5512', body: ORDER, ...content },
});
const answer = (country: string, text: string): GivenFacts => ({
  ...at(country),
  content: { category: 'conversational', subject: 'Re: Lamps', body: text, text },
  facts: { thread: THREAD },
});
/** Words that no person approved. */
const words = (subject: string, offers: readonly Offer[], told: readonly Offer[] = []) => ({
  ...at('US'),
  content: { subject, template: { id: 't', approved: false } },
  facts: {
    support: {
      ...{ offers, facts: [], claims: [], hosts: [] },
      deadlines: told.map((each) => ({ deal: toDeal(each), endsAt: each.endsAt })),
    },
  },
});
const telephone = (given: GivenFacts, address = '2125550123@vtext.com'): GivenFacts => ({
  ...given,
  recipient: { address: parseAddress(address) },
});

const US: readonly EnforcedCase[] = [
  ['US_TRANSACTIONAL', 'a confirmation', transaction('US'), 'allow ALLOWED'],
  [
    'US_PRIMARY_PURPOSE_COMMERCIAL',
    'a subject that advertises',
    transaction('US', { subject: 'Your order, and an exclusive offer for you' }),
    'hold US_PRIMARY_PURPOSE_COMMERCIAL',
  ],
  [
    'US_PRIMARY_PURPOSE_COMMERCIAL',
    'advertising before the transaction',
    transaction('US', { body: `${ADVERT}\n\n${ORDER}` }),
    'hold US_PRIMARY_PURPOSE_COMMERCIAL',
  ],
  [
    'US_PRIMARY_PURPOSE_TX',
    'the transaction first',
    transaction('US', { body: LONG_ORDER }),
    'allow ALLOWED',
  ],
  ['OPTED_OUT', 'an opt-out', at('US', { withdrawnAt: NOW - 1 }), 'block OPTED_OUT'],
  [
    'US_OPTOUT_MECHANISM',
    'no way out',
    { ...at('US'), content: { hasFooter: false } },
    'block FOOTER_MISSING',
  ],
  [
    'POSTAL_ADDRESS_MISSING',
    'no postal address',
    { ...at('US'), mailbox: { sender: { id: 'a', legalName: 'Acme', postalAddress: ' ' } } },
    'block POSTAL_ADDRESS_MISSING',
  ],
  [
    'HEADER_DECEPTIVE',
    'a From of the author’s',
    { ...at('US'), content: { headerFindings: [{ name: 'From', problem: 'not_allowed' }] } },
    'block HEADER_NOT_ALLOWED',
  ],
  ['HARVESTED', 'harvested', at('US', { collected: 'harvested' }), 'block HARVESTED'],
  ['HARVESTED', 'generated', at('US', { collected: 'generated' }), 'block HARVESTED'],
  ['US_WIRELESS_DOMAIN', 'a telephone', telephone(at('US')), 'block US_WIRELESS_DOMAIN'],
  [
    'US_WIRELESS_DOMAIN',
    'below the domain',
    telephone(at('US'), 'ana@mail.vtext.com'),
    'block US_WIRELESS_DOMAIN',
  ],
  [
    'US_WIRELESS_DOMAIN',
    'with an authorisation',
    telephone(agreed('US')),
    'allow US_WIRELESS_AUTHORISED',
  ],
  [
    'US_WIRELESS_DOMAIN',
    'with an authorisation that is not proven',
    telephone(agreed('US', { proven: false })),
    'block US_WIRELESS_DOMAIN',
  ],
  [
    'US_WIRELESS_DOMAIN',
    'in a country that nobody knows',
    telephone({}),
    'block US_WIRELESS_DOMAIN',
  ],
  [
    'US_WIRELESS_DOMAIN',
    'a domain that only ends alike',
    telephone(at('US'), 'ana@notvtext.com'),
    'allow US_OPT_OUT',
  ],
  ['US_WIRELESS_DOMAIN', 'about an order', telephone(transaction('US')), 'allow ALLOWED'],
  [
    'SUBJECT_URGENCY_CLAIM',
    'an end that no offer has',
    words('Only today', []),
    'hold SUBJECT_URGENCY_CLAIM',
  ],
  ['OFFER_EXPIRED', 'an offer that is over', words('20% off', [OVER]), 'block OFFER_EXPIRED'],
  [
    'OFFER_EXTENDED_AFTER_DEADLINE',
    'a deal that goes on',
    words('20% off', [EXTENDED], [OVER]),
    'hold OFFER_EXTENDED_AFTER_DEADLINE',
  ],
  [
    'SUBJECT_DECEPTIVE',
    'a discount that nobody gives',
    words('50% off', [EXTENDED]),
    'hold CLAIM_UNSUPPORTED',
  ],
];

const soon = { expiresAt: NOW + 1 };
const CANADA: readonly EnforcedCase[] = [
  ['CA_EXPRESS', 'with proof', agreed('CA'), 'allow CA_EXPRESS'],
  ['CA_EXPRESS', 'without proof', agreed('CA', { proven: false }), 'hold CONSENT_MISSING'],
  ['CA_EBR_2Y', 'bought', agreed('CA', { basis: 'implied_purchase', ...soon }), 'allow CA_EBR_2Y'],
  [
    'CA_INQUIRY_6M',
    'asked',
    agreed('CA', { basis: 'implied_inquiry', ...soon }),
    'allow CA_INQUIRY_6M',
  ],
  [
    'CA_EBR_SUBS',
    'subscribed',
    agreed('CA', { basis: 'implied_subscription', ...soon }),
    'allow CA_EBR_SUBS',
  ],
  [
    'CA_ENBR_2Y',
    'a member',
    agreed('CA', { basis: 'implied_membership', ...soon }),
    'allow CA_ENBR_2Y',
  ],
  ['CA_PUBLISHED', 'published', agreed('CA', { basis: 'published' }), 'hold CA_PUBLISHED'],
  ['CA_DISCLOSED', 'with proof', agreed('CA', { basis: 'disclosed' }), 'allow CA_DISCLOSED'],
  [
    'CA_DISCLOSED',
    'without proof',
    agreed('CA', { basis: 'disclosed', proven: false }),
    'hold CONSENT_MISSING',
  ],
  [
    'CA_REFERRAL_ONCE',
    'once',
    { ...agreed('CA', { basis: 'referral' }), recipient: { firstContact: true } },
    'allow CA_REFERRAL_ONCE',
  ],
  ['CA_REFERRAL_ONCE', 'again', agreed('CA', { basis: 'referral' }), 'hold CONSENT_MISSING'],
  [
    'CA_CONSENT_REQUEST_IS_CEM',
    'a request for consent',
    { ...at('CA'), content: { asksToConfirm: true } },
    'block CA_CONSENT_REQUEST_IS_CEM',
  ],
  ['CA_6_6', 'a confirmation', transaction('CA'), 'allow ALLOWED'],
  [
    'CA_6_6',
    'one that advertises',
    transaction('CA', { subject: 'Shop now' }),
    'hold CONSENT_MISSING',
  ],
  ['CA_EXEMPT', 'an answer', answer('CA', 'Yes, we have blue ones.'), 'allow ALLOWED'],
  [
    'CA_EXEMPT',
    'a colleague',
    {
      ...at('CA'),
      content: { category: 'conversational', subject: 'Lunch' },
      recipient: { internal: true },
    },
    'allow ALLOWED',
  ],
  ...(
    ['implied_purchase', 'implied_inquiry', 'implied_subscription', 'implied_membership'] as const
  ).map(
    (basis): EnforcedCase => [
      'CA_IMPLIED_EXPIRED',
      basis,
      agreed('CA', { basis, expiresAt: NOW }),
      'block CA_IMPLIED_EXPIRED',
    ],
  ),
  [
    '[form]',
    'no name',
    { ...agreed('CA'), mailbox: { sender: { id: 'a', legalName: '', postalAddress: 'x' } } },
    'block SENDER_IDENTITY_MISSING',
  ],
];

const survey = { topic: 'survey' };
const interest = { basis: 'legitimate_interest', balancing: 'LIA-7' } as const;
const business = (country: string, kind: 'company_person' | 'role'): GivenFacts =>
  at(country, { kind, consents: [consentFact(interest)] });
const EUROPE: readonly EnforcedCase[] = [
  ['EU_CONSENT', 'proven', agreed('AT'), 'allow EU_CONSENT'],
  ['EU_CONSENT_UNPROVEN', 'unproven', agreed('AT', { proven: false }), 'block EU_CONSENT_UNPROVEN'],
  ['EU_SOFT_OPTIN', 'complete', soft({}, 'purchase'), 'allow EU_SOFT_OPTIN'],
  [
    'EU_SOFT_OPTIN_FREEMIUM',
    'a funnel',
    soft({}, 'freemium_upsell'),
    'allow EU_SOFT_OPTIN_FREEMIUM',
  ],
  ['EU_SOFT_OPTIN_FREEMIUM', 'no funnel', soft({}, 'freemium'), 'hold EU_SOFT_OPTIN_FREEMIUM'],
  [
    'EU_SOFT_OPTIN_FAIL:<limb>',
    'another entity',
    soft({ sameEntity: false }, 'purchase'),
    'block EU_SOFT_OPTIN_FAIL:same_entity',
  ],
  [
    'EU_SOFT_OPTIN_FAIL:<limb>',
    'other products',
    soft({ similarProducts: false }, 'purchase'),
    'block EU_SOFT_OPTIN_FAIL:similar_products',
  ],
  [
    'EU_SOFT_OPTIN_FAIL:<limb>',
    'no opt-out at collection',
    soft({ optOutAtCollection: false }, 'purchase'),
    'block EU_SOFT_OPTIN_FAIL:opt_out_at_collection',
  ],
  ['EU_DIRECT_MARKETING', 'a newsletter', at('AT'), 'hold CONSENT_MISSING'],
  [
    'EU_DIRECT_MARKETING',
    'advertising after a confirmation',
    transaction('AT', { body: LONG_ORDER }),
    'hold EU_DIRECT_MARKETING',
  ],
  [
    'OBJECTED',
    'an objection',
    at('AT', { consents: [consentFact()], withdrawnAt: NOW - 1 }),
    'block OBJECTED',
  ],
  ...['FI', 'FR', 'IE'].map(
    (country): EnforcedCase => [
      'EU_B2B_<CC>',
      `a business in ${country}`,
      business(country, 'company_person'),
      `allow EU_B2B_${country}`,
    ],
  ),
  ...['AT', 'DE', 'DK', 'IT', 'NL'].map(
    (country): EnforcedCase => [
      'EU_B2B_<CC>',
      `a business in ${country}`,
      business(country, 'company_person'),
      'hold CONSENT_MISSING',
    ],
  ),
  // The law lets a generic address be written to; the rule role-address is stricter.
  ['EU_B2B_<CC>', 'a generic address in BE', business('BE', 'role'), 'hold ROLE_ADDRESS_CONSENT'],
  [
    'DE_SURVEY_IS_ADVERTISING',
    'a survey beside an order',
    transaction('DE', survey),
    'block DE_SURVEY_IS_ADVERTISING',
  ],
  [
    'DE_SURVEY_IS_ADVERTISING',
    'a survey without consent',
    { ...at('DE'), content: survey },
    'block DE_SURVEY_IS_ADVERTISING',
  ],
  [
    'DE_SURVEY_IS_ADVERTISING',
    'elsewhere in the EU',
    transaction('AT', survey),
    'block EU_DIRECT_MARKETING',
  ],
  ['DE_NO_DOI', 'express', agreed('DE'), 'hold DE_NO_DOI'],
  ['DE_NO_DOI', 'double opt-in', agreed('DE', { basis: 'double_opt_in' }), 'allow EU_CONSENT'],
  [
    'EU_ART14_NOTICE',
    'not told',
    at('AT', { consents: [consentFact()], collected: 'third_party' }),
    'block EU_ART14_NOTICE',
  ],
  [
    'EU_SENDER_IDENTITY',
    'no name',
    { ...agreed('AT'), mailbox: { sender: { id: 'a', legalName: ' ', postalAddress: 'x' } } },
    'block SENDER_IDENTITY_MISSING',
  ],
  [
    'EU_SENDER_IDENTITY',
    'no way out',
    { ...agreed('AT'), content: { hasFooter: false } },
    'block FOOTER_MISSING',
  ],
  ['[UK]', 'a sole trader', at('GB', { kind: 'sole_trader' }), 'hold CONSENT_MISSING'],
  ['[UK]', 'at a company', at('GB', { kind: 'company_person' }), 'allow UK_CORPORATE'],
  [
    '[UK]',
    'negotiations',
    agreed('GB', { basis: 'soft_opt_in', limbs: { ...LIMBS, sale: 'negotiation' } }),
    'allow UK_SOFT_OPTIN',
  ],
];

const OTHERS: readonly EnforcedCase[] = [
  ['PROVENANCE_MISSING', 'not recorded', at('US', { region: 'CA' }), 'hold PROVENANCE_MISSING'],
  [
    'PROVENANCE_MISSING',
    'recorded',
    at('US', { region: 'CA', collected: 'direct' }),
    'allow US_OPT_OUT CALIFORNIA_PROVENANCE',
  ],
  [
    'AI_DISCLOSURE_REQUIRED',
    'an answer that does not say it',
    answer('DE', 'Yes, we have blue ones.'),
    'hold AI_DISCLOSURE_REQUIRED',
  ],
  [
    'AI_DISCLOSURE_REQUIRED',
    'an answer that says it',
    answer('DE', 'Yes. I am the AI assistant of Acme.'),
    'allow ALLOWED',
  ],
  ['AI_OBVIOUS', 'a notice', transaction('DE'), 'allow ALLOWED'],
  ['AI_OBVIOUS', 'marketing', agreed('AT'), 'allow EU_CONSENT'],
];

const ENFORCED: readonly EnforcedCase[] = [...US, ...CANADA, ...EUROPE, ...OTHERS];

const NOT_ENFORCED: readonly NotEnforcedCase[] = [
  ['SUBJECT_DECEPTIVE', 'us', 'no rule knows what a mail is really about.'],
  ['US_AD_ID', 'us', 'put it into the templates.'],
  ['US_MULTI_SENDER', 'us', 'nothing tells who they are; each mailbox has one sender.'],
  ['US_WIRELESS_DOMAIN', 'us', 'the pack has gateways of the large carriers;'],
  ['US_OPTOUT_TRANSFER', 'us', 'What the application does with addresses that it exported'],
  ['CA_6_6', 'ca', 'core adds its footer to marketing only; the template has to say both.'],
  ['CA_EXEMPT', 'ca', 'counts as marketing.'],
  ['[form]', 'ca', 'A phone number or web address in the footer'],
  ['TRACKING_CONSENT', 'eu', 'they look like any other link.'],
  ['EU_ART22', 'eu', 'the system that decides on people has to see to it.'],
  ['EU_ART14_NOTICE', 'eu', 'the ledger holds when it was sent.'],
  ['[clocks]', 'eu', 'both are done when the application asks for them.'],
  ['[UK]', 'uk', 'The soft opt-in of charities (DUAA 2025).'],
  ['CCPA_OPTOUT_SHARE', 'california', 'Mailwarden shares no data with third parties;'],
  ['CCPA_DELETED', 'california', 'The dates of a deletion request, and telling others'],
  ['CCPA_REASK_12M', 'california', 'no sale of data is known here.'],
  ['DELETE_ACT_DROP', 'california', 'a data broker has to poll it, and call `erasePerson`.'],
  ['CCPA_MINOR', 'california', 'nobody’s age is known here.'],
  ['AI_MARKING_PROVIDER', 'ai-act', 'the duty of the model’s provider (art. 50(2)).'],
  ['[store]', 'ai-act', 'it is not stored; who approved it is.'],
];

/** A row, the page that says so under "Enforced elsewhere", and what proves it on a real warden. */
type ConstructedCase = readonly [
  row: string,
  page: string,
  what: string,
  prove: (world: WardenWorld) => Promise<void>,
];

const ANA = 'ana@example.com';

/** One marketing mail to Ana that has arrived, and the link in it. */
async function receive({ agent, warden, sink }: WardenWorld, body = 'Our shop has moved.') {
  await agent().send({ to: ANA, topic: 'tips', subject: 'News', body });
  await warden.tick();
  const mail = sink.messages.at(-1);
  if (mail === undefined) throw new Error('Nothing arrived.');
  const link = /<(https:[^>]+)>/.exec(mail.header('List-Unsubscribe') ?? '')?.[1] ?? '';
  return { mail, link };
}

/** A stranger's request: no cookie, no login, nothing but the link. */
async function open({ warden }: WardenWorld, link: string, fields?: string) {
  const init = fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) };
  const response = await warden.handler(new Request(link, init));
  return { status: response.status, headers: response.headers, html: await response.text() };
}

async function expectNoMore({ agent }: WardenWorld): Promise<void> {
  const later = await agent().send({ to: ANA, subject: 'More news', body: 'We are open late.' });
  expect(later).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
}

/** One request of the person's is enough: no login, no question. */
async function proveOneStep(world: WardenWorld): Promise<void> {
  const { link } = await receive(world);
  const page = await open(world, link);
  expect(page.status).toBe(200);
  expect(page.html).not.toMatch(/type="(?:text|email|password)"|<textarea|captcha/);
  const answered = await open(world, link, 'scope=marketing');
  expect(answered).toMatchObject({ status: 200 });
  expect(answered.headers.get('set-cookie')).toBeNull();
  expect(answered.headers.get('location')).toBeNull();
  await expectNoMore(world);
}

/** Past the 30 days of CAN-SPAM and the 60 of CASL, after retention has cleared what it clears. */
async function proveNoExpiry(world: WardenWorld): Promise<void> {
  const { link } = await receive(world);
  world.clock.now += 61 * DAY;
  await world.warden.tick();
  world.clock.now += 304 * DAY;
  await world.warden.tick();
  expect((await open(world, link, 'List-Unsubscribe=One-Click')).status).toBe(200);
  await expectNoMore(world);
}

async function proveAllChoice(world: WardenWorld): Promise<void> {
  const { link } = await receive(world);
  const all = 'name="scope" value="marketing"';
  expect((await open(world, link)).html).toContain(all);
  expect((await open(world, link, 'scope=preferences&maximum=1/7&pause=')).html).toContain(all);
  expect((await open(world, link, 'scope=topic')).html).toContain(all);
  await open(world, link, 'scope=marketing');
  await expectNoMore(world);
}

async function proveFrom(world: WardenWorld): Promise<void> {
  const mail = { to: ANA, subject: 'News', body: 'Our shop has moved.' };
  for (const name of ['From', 'Sender', 'Reply-To', 'Return-Path']) {
    const sent = await world.agent().send({ ...mail, headers: [`${name}: ceo@bank.example`] });
    expect(sent).toMatchObject({ status: 'blocked', code: 'HEADER_NOT_ALLOWED' });
  }
  const received = await receive(world);
  expect(received.mail.header('From')).toContain(MARKETING);
  expect(received.mail.header('Reply-To')).toBeUndefined();
  expect(received.mail.header('Sender')).toBeUndefined();
}

async function proveNoExport(world: WardenWorld): Promise<void> {
  await open(world, (await receive(world)).link, 'scope=marketing');
  const agent = world.agent();
  const reviewer = world.warden.reviewer('ops@acme.example');
  const exporting = (handle: object) => Object.keys(handle).filter((key) => /export/i.test(key));
  expect([...exporting(agent), ...exporting(reviewer)]).toEqual([]);
  expect([...listTools(agent), ...listTools(reviewer)].map(({ name }) => name)).not.toContainEqual(
    expect.stringMatching(/export/),
  );
  expect(exporting(world.warden.system())).toContain('exportSuppressions');
}

async function proveNoTracking(world: WardenWorld): Promise<void> {
  const body = 'Look: ![shop](https://acme.example/shop.png) [here](https://acme.example/new)';
  const html = (await receive(world, body)).mail.part('text/html') ?? '';
  expect(html).not.toMatch(/<img|<iframe|<link|background=|url\(|<script/i);
  const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
  expect(links).toEqual([
    'https://acme.example/shop.png',
    'https://acme.example/new',
    expect.stringMatching(/^https:\/\/mail\.acme\.example\/u\//),
  ]);
}

async function proveFooter(world: WardenWorld): Promise<void> {
  const text = (await receive(world)).mail.part('text/plain') ?? '';
  expect(text).toContain('Sent by Acme, Inc.');
  expect(text).toContain('123 Main St, Springfield');
  expect(text).toContain('Unsubscribe: https://');
}

async function proveErasure(world: WardenWorld): Promise<void> {
  await receive(world);
  const system = world.warden.system();
  await system.setContact(ANA, { country: 'US', region: 'CA', provenance: { how: 'direct' } });
  expect((await system.exportPerson(ANA)).contacts).toHaveLength(1);
  await system.erasePerson(ANA, { reason: 'Request 17' });
  await world.warden.tick();
  expect((await system.exportPerson(ANA)).contacts).toEqual([]);
  await expectNoMore(world);
}

const CONSTRUCTED: readonly ConstructedCase[] = [
  ['US_OPTOUT_MECHANISM', 'us', 'one page, no login', proveOneStep],
  ['US_OPTOUT_TTL', 'us', 'a link of last year', proveNoExpiry],
  ['US_OPTOUT_ALL_MISSING', 'us', 'every page stops all', proveAllChoice],
  ['HEADER_DECEPTIVE', 'us', 'From is the mailbox', proveFrom],
  ['US_OPTOUT_TRANSFER', 'us', 'no export but the application’s', proveNoExport],
  ['[form]', 'ca', 'name, address and way out', proveFooter],
  ['[form]', 'ca', 'more than 60 days', proveNoExpiry],
  ['EU_WITHDRAWAL_FRICTION', 'eu', 'one step', proveOneStep],
  ['EU_SENDER_IDENTITY', 'eu', 'From is the mailbox', proveFrom],
  ['TRACKING_CONSENT', 'eu', 'no pixel, no rewritten link', proveNoTracking],
  ['[erasure]', 'eu', 'suppressed after it', proveErasure],
  ['CCPA_DELETED', 'california', 'stays deleted', proveErasure],
];

const rules = builtInRules();
const policy = { rules, jurisdictions: BUILT_IN_PACKS, version: 'test', epoch: 1 };

/** `effect CODE`; of marketing that may go out, the rows of the law that say so. */
function answerTo(given: GivenFacts): string {
  const facts = sendFacts(given);
  const { effect, code } = decide(policy, facts);
  const [recipient] = facts.recipients;
  if (effect !== 'allow' || facts.content.category !== 'marketing' || recipient === undefined) {
    return `${effect} ${code}`;
  }
  const { verdicts } = judgeRecipient(BUILT_IN_PACKS, facts, recipient);
  return ['allow', ...verdicts.map((verdict) => verdict.code)].join(' ');
}

/** The lines of one section of a regime's page. */
async function linesOf(page: string, section: string): Promise<readonly string[]> {
  const pack = PACKS.find(({ id }) => id === page);
  if (pack === undefined) throw new Error(`There is no page ${page}.`);
  const [, text = ''] = (await readJurisdictionDoc(pack)).split(`## ${section}\n`);
  return (text.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('- '));
}

/** What is without a code in the tables is without one on the page. */
const codeOn = (row: string): string => (row.startsWith('[') ? '' : `\`${row}\``);

describe('the rows of the decision tables', () => {
  const LOOKED_AT = 'AI_HUMAN_REVIEWED';

  it('each have a case, and no case is about another', () => {
    const rows: readonly string[] = Object.values(ROWS).flat();
    const cases = [...ENFORCED, ...CONSTRUCTED, ...NOT_ENFORCED].map(([row]) => row);
    expect(new Set([...cases, LOOKED_AT])).toEqual(new Set(rows));
    expect(new Set(rows).size).toBe(rows.length);
    const kinds = { enforced: ENFORCED, constructed: CONSTRUCTED, notEnforced: NOT_ENFORCED };
    const counted = Object.entries(kinds).map(
      ([kind, all]) => `${new Set(all.map(([row]) => row)).size} ${kind} (${all.length} cases)`,
    );
    process.stdout.write(`compliance: ${rows.length} rows: ${counted.join(', ')}, 1 looked at\n`);
  });

  it.each(ENFORCED)('enforced: %s, %s', (_row, _what, given, expected) => {
    expect(answerTo(given)).toBe(expected);
  });

  it(`enforced: ${LOOKED_AT}, an answer that a person has seen needs no label`, () => {
    const facts = sendFacts(answer('DE', 'Yes, we have blue ones.'));
    const { findings } = decide(policy, facts);
    expect(findings).toMatchObject([{ code: 'AI_DISCLOSURE_REQUIRED' }]);
    expect(decide(policy, facts, findings).effect).toBe('allow');
  });

  it.each(NOT_ENFORCED)(
    'not enforced: %s, and the page of %s says so',
    async (row, page, reason) => {
      const lines = await linesOf(page, 'Not enforced');
      expect(
        lines.filter((line) => line.includes(reason) && line.includes(codeOn(row))),
      ).toHaveLength(1);
    },
  );

  const coded = CONSTRUCTED.filter(([row]) => codeOn(row) !== '');
  it.each(coded)('by construction: %s, and the page of %s says so', async (row, page) => {
    const lines = await linesOf(page, 'Enforced elsewhere');
    expect(lines.some((line) => line.includes(codeOn(row)))).toBe(true);
  });
});

describe.each(databases)('by construction on $name', ({ open: openDatabase }) => {
  let world: WardenWorld;

  beforeEach(async () => {
    world = await openWorld(openDatabase, { allowedLinkHosts: ['acme.example'] });
  });
  afterEach(() => world.close());

  it.each(CONSTRUCTED)('%s (%s): %s', (_row, _page, _what, prove) => prove(world));
});
