import type { JurisdictionPack } from './jurisdiction-pack.ts';

/** Individuals and sole traders opt in; people at companies opt out. */
export const uk: JurisdictionPack = {
  id: 'uk',
  version: '2',
  title: 'United Kingdom: PECR 2003, UK GDPR, DUAA 2025',
  countries: ['GB'],
  rows: [
    {
      when: { withdrawn: true },
      effect: 'block',
      code: 'OBJECTED',
      law: 'UK GDPR art. 21(2)–(3)',
      message: 'The person objected to marketing; no other basis overrides that.',
    },
    {
      when: { collected: ['third_party'], noticeSent: false },
      effect: 'block',
      code: 'EU_ART14_NOTICE',
      law: 'UK GDPR art. 14(3)',
      message: 'The address comes from a third party and the person was not told so.',
    },
    {
      when: { about: 'consent_request', signedUp: true },
      effect: 'allow',
      code: 'UK_OPTIN_REQUEST',
      law: 'PECR reg. 22(2)',
      message: 'The person signed up and is asked once whether that was them.',
    },
    {
      when: { about: 'survey', category: 'transactional' },
      effect: 'block',
      code: 'UK_DIRECT_MARKETING',
      law: 'DPA 2018 s. 122(5)',
      message: 'A survey or review request is marketing; send it as marketing.',
    },
    {
      when: { basis: ['express', 'double_opt_in'], proven: true },
      effect: 'allow',
      code: 'UK_CONSENT',
      law: 'PECR reg. 22(2)',
      message: 'There is proven consent.',
    },
    {
      when: {
        basis: ['soft_opt_in'],
        limbs: 'complete',
        sale: ['purchase', 'negotiation', 'freemium_upsell'],
      },
      effect: 'allow',
      code: 'UK_SOFT_OPTIN',
      law: 'PECR reg. 22(3)',
      message: 'A sale or negotiations, similar products, and every chance to refuse.',
    },
    {
      when: { kinds: ['company_person', 'role'] },
      effect: 'allow',
      code: 'UK_CORPORATE',
      law: 'PECR reg. 22(1), 23',
      message: 'A corporate subscriber; the consent rule does not reach it.',
    },
    {
      when: { basis: ['soft_opt_in'], limbs: 'complete', sale: ['freemium'] },
      effect: 'hold',
      needs: 'look',
      code: 'UK_SOFT_OPTIN_FREEMIUM',
      law: 'PECR reg. 22(3)',
      message: 'Whether this free account counts as a sale is for a person to say.',
    },
    {
      when: { basis: ['express', 'double_opt_in'], proven: false },
      effect: 'block',
      code: 'UK_CONSENT_UNPROVEN',
      law: 'UK GDPR art. 7(1)',
      message: 'The recorded consent does not show who agreed how, and to which words.',
    },
    {
      when: { basis: ['soft_opt_in'] },
      effect: 'block',
      code: 'UK_SOFT_OPTIN_FAIL:{limb}',
      law: 'PECR reg. 22(3)',
      message: 'A condition of the soft opt-in is not met.',
    },
    {
      when: {},
      effect: 'hold',
      needs: 'consent',
      code: 'CONSENT_MISSING',
      law: 'PECR reg. 22(2)',
      message: 'The UK asks for consent first, and none is recorded; it waits until one is.',
    },
  ],
};
