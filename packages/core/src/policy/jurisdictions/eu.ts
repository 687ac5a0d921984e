import type { JurisdictionPack } from './jurisdiction-pack.ts';

/** The EU and the rest of the EEA. */
export const EEA = [
  ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE'],
  ...['IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK', 'IS', 'LI', 'NO'],
] as const;

/** Opt-in, with the soft opt-in for customers and, in some countries, opt-out for businesses. */
export const eu: JurisdictionPack = {
  id: 'eu',
  version: '2',
  title: 'EU and EEA: ePrivacy Directive 2002/58/EC art. 13, GDPR',
  countries: EEA,
  rows: [
    {
      when: { withdrawn: true },
      effect: 'block',
      code: 'OBJECTED',
      law: 'GDPR art. 21(2)–(3), 7(3)',
      message: 'The person objected to marketing; no other basis overrides that.',
    },
    {
      when: { collected: ['third_party'], noticeSent: false },
      effect: 'block',
      code: 'EU_ART14_NOTICE',
      law: 'GDPR art. 14(3)',
      message: 'The address comes from a third party and the person was not told so.',
    },
    {
      when: { about: 'consent_request', signedUp: true },
      effect: 'allow',
      code: 'EU_OPTIN_REQUEST',
      law: 'ePrivacy art. 13(1); BGH I ZR 164/09',
      message: 'The person signed up and is asked once whether that was them.',
    },
    {
      when: { about: 'survey', category: 'transactional', countries: ['DE'] },
      effect: 'block',
      code: 'DE_SURVEY_IS_ADVERTISING',
      law: 'BGH VI ZR 225/17',
      message: 'In Germany a survey or review request is advertising; send it as marketing.',
    },
    {
      when: { about: 'survey', category: 'transactional' },
      effect: 'block',
      code: 'EU_DIRECT_MARKETING',
      law: 'ePrivacy art. 13(1); CJEU C-654/23',
      message: 'In the EU a survey or review request is marketing; send it as marketing.',
    },
    {
      when: { basis: ['double_opt_in'], proven: true },
      effect: 'allow',
      code: 'EU_CONSENT',
      law: 'ePrivacy art. 13(1); GDPR art. 7(1)',
      message: 'There is proven consent.',
    },
    {
      when: { basis: ['soft_opt_in'], limbs: 'complete', sale: ['purchase'] },
      effect: 'allow',
      code: 'EU_SOFT_OPTIN',
      law: 'ePrivacy art. 13(2)',
      message: 'A customer, similar products, and every chance to refuse.',
    },
    {
      when: { basis: ['soft_opt_in'], limbs: 'complete', sale: ['freemium_upsell'] },
      effect: 'allow',
      code: 'EU_SOFT_OPTIN_FREEMIUM',
      law: 'CJEU C-654/23',
      message: 'A free account whose cost a paid one carries counts as a sale.',
    },
    {
      when: { basis: ['express'], proven: true, countries: ['DE'] },
      effect: 'hold',
      needs: 'look',
      code: 'DE_NO_DOI',
      law: 'UWG § 7; BGH I ZR 164/09',
      message: 'German courts expect a double opt-in as proof; a person looks first.',
    },
    {
      when: { basis: ['express'], proven: true },
      effect: 'allow',
      code: 'EU_CONSENT',
      law: 'ePrivacy art. 13(1); GDPR art. 7(1)',
      message: 'There is proven consent.',
    },
    {
      when: {
        countries: ['FI', 'FR', 'IE'],
        kinds: ['company_person', 'role'],
        basis: ['legitimate_interest'],
        balanced: true,
      },
      effect: 'allow',
      code: 'EU_B2B_{country}',
      law: 'ePrivacy art. 13(5); GDPR art. 6(1)(f)',
      message: 'A business address, opt-out, with a balancing test on file.',
    },
    {
      when: {
        countries: ['BE'],
        kinds: ['role'],
        basis: ['legitimate_interest'],
        balanced: true,
      },
      effect: 'allow',
      code: 'EU_B2B_{country}',
      law: 'Belgium: royal decree of 4 April 2003, art. 1',
      message: 'A generic business address, opt-out, with a balancing test on file.',
    },
    {
      when: { basis: ['soft_opt_in'], limbs: 'complete', sale: ['freemium'] },
      effect: 'hold',
      needs: 'look',
      code: 'EU_SOFT_OPTIN_FREEMIUM',
      law: 'CJEU C-654/23',
      message: 'Whether this free account counts as a sale is for a person to say.',
    },
    {
      when: { about: 'survey', countries: ['DE'] },
      effect: 'block',
      code: 'DE_SURVEY_IS_ADVERTISING',
      law: 'BGH VI ZR 225/17',
      message: 'In Germany a survey needs consent or the full soft opt-in, and there is neither.',
    },
    {
      when: { basis: ['express', 'double_opt_in'], proven: false },
      effect: 'block',
      code: 'EU_CONSENT_UNPROVEN',
      law: 'GDPR art. 7(1)–(2), 4(11)',
      message: 'The recorded consent does not show who agreed how, and to which words.',
    },
    {
      when: { basis: ['soft_opt_in'] },
      effect: 'block',
      code: 'EU_SOFT_OPTIN_FAIL:{limb}',
      law: 'ePrivacy art. 13(2)',
      message: 'A condition of the soft opt-in is not met.',
    },
    {
      when: {},
      effect: 'hold',
      needs: 'consent',
      code: 'CONSENT_MISSING',
      law: 'ePrivacy art. 13(1)',
      message: 'The EU asks for consent first, and none is recorded; it waits until one is.',
    },
  ],
};
