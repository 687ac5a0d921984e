import type { JurisdictionPack, JurisdictionRow } from './jurisdiction-pack.ts';

const optedOut = (law: string): JurisdictionRow => ({
  when: { withdrawn: true },
  effect: 'block',
  code: 'OPTED_OUT',
  law,
  message: 'The person opted out; do not try again.',
});

const missing = (law: string): JurisdictionRow => ({
  when: {},
  effect: 'hold',
  needs: 'consent',
  code: 'CONSENT_MISSING',
  law,
  message: 'Consent has to come first, and none is recorded; it waits until one is.',
});

const consent = (code: string, law: string): JurisdictionRow => ({
  when: { basis: ['express', 'double_opt_in'] },
  effect: 'allow',
  code,
  law,
  message: 'There is express consent.',
});

/** Express or inferred consent. */
export const au: JurisdictionPack = {
  id: 'au',
  version: '1',
  title: 'Australia: Spam Act 2003',
  countries: ['AU'],
  rows: [
    optedOut('s. 16, sch. 2 cl. 6'),
    consent('AU_EXPRESS', 's. 16(2)'),
    {
      when: { basis: ['implied_purchase', 'implied_subscription', 'implied_membership'] },
      effect: 'allow',
      code: 'AU_INFERRED',
      law: 'sch. 2 cl. 2(b)',
      message: 'Consent follows from a running relationship.',
    },
    {
      when: { basis: ['published'] },
      effect: 'hold',
      needs: 'look',
      code: 'AU_PUBLISHED',
      law: 'sch. 2 cl. 4',
      message: 'The address was published; a person checks that the mail fits the role.',
    },
    missing('s. 16(1)–(2)'),
  ],
};

/** Express, inferred or deemed consent. */
export const nz: JurisdictionPack = {
  id: 'nz',
  version: '1',
  title: 'New Zealand: Unsolicited Electronic Messages Act 2007',
  countries: ['NZ'],
  rows: [
    optedOut('s. 9(2)'),
    consent('NZ_EXPRESS', 's. 4(1)(a)(i)'),
    {
      when: { basis: ['implied_purchase', 'implied_subscription', 'implied_membership'] },
      effect: 'allow',
      code: 'NZ_INFERRED',
      law: 's. 4(1)(a)(ii)',
      message: 'Consent follows from a running relationship.',
    },
    {
      when: { basis: ['published'] },
      effect: 'hold',
      needs: 'look',
      code: 'NZ_DEEMED',
      law: 's. 4(1)(b)',
      message: 'The address was published; a person checks that the mail fits the role.',
    },
    missing('s. 9(1)'),
  ],
};

/** Opt-out, but unsolicited mail carries a label. */
export const sg: JurisdictionPack = {
  id: 'sg',
  version: '1',
  title: 'Singapore: Spam Control Act 2007',
  countries: ['SG'],
  rows: [
    optedOut('second schedule, para. 2'),
    consent('SG_CONSENT', 's. 5'),
    {
      when: { subjectStartsWith: '<ADV> ' },
      effect: 'allow',
      code: 'SG_ADV',
      law: 'second schedule, para. 3(1)',
      message: 'Unsolicited, and labelled.',
    },
    {
      when: {},
      effect: 'hold',
      needs: 'consent',
      code: 'SG_ADV_LABEL',
      law: 'second schedule, para. 3(1)',
      message: 'Without consent a subject to Singapore has to begin with "<ADV> ".',
    },
  ],
};
