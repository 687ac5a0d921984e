import type { JurisdictionPack, JurisdictionRow } from './jurisdiction-pack.ts';

const allow = (
  code: string,
  law: string,
  when: JurisdictionRow['when'],
  message: string,
): JurisdictionRow => ({ when, effect: 'allow', code, law, message });

/** Opt-in, with implied consents that end on a date; the sender has to prove them (s. 13). */
export const ca: JurisdictionPack = {
  id: 'ca',
  version: '1',
  title: 'Canada: CASL, S.C. 2010, c. 23',
  countries: ['CA'],
  rows: [
    {
      when: { withdrawn: true },
      effect: 'block',
      code: 'OPTED_OUT',
      law: 's. 11(3)',
      message: 'The person opted out; do not try again.',
    },
    allow(
      'CA_EXPRESS',
      's. 6(1)(a), 10(1)',
      { basis: ['express', 'double_opt_in'], proven: true },
      'There is express consent.',
    ),
    allow('CA_EBR_2Y', 's. 10(10)(a)', { basis: ['implied_purchase'] }, 'A purchase in two years.'),
    allow(
      'CA_INQUIRY_6M',
      's. 10(10)(e)',
      { basis: ['implied_inquiry'] },
      'An inquiry in six months.',
    ),
    allow(
      'CA_EBR_SUBS',
      's. 10(10), 10(14)',
      { basis: ['implied_subscription'] },
      'A subscription that ended in the last two years.',
    ),
    allow(
      'CA_ENBR_2Y',
      's. 10(13)',
      { basis: ['implied_membership'] },
      'A membership in two years.',
    ),
    allow(
      'CA_DISCLOSED',
      's. 10(9)(c)',
      { basis: ['disclosed'], proven: true },
      'They gave the address.',
    ),
    allow(
      'CA_REFERRAL_ONCE',
      'SOR/2013-221 s. 4',
      { basis: ['referral'], firstContact: true },
      'One message after a referral.',
    ),
    {
      when: { basis: ['published'] },
      effect: 'hold',
      needs: 'look',
      code: 'CA_PUBLISHED',
      law: 's. 10(9)(b)',
      message: 'The address was published; a person checks that the mail fits the role.',
    },
    {
      when: { about: 'consent_request' },
      effect: 'block',
      code: 'CA_CONSENT_REQUEST_IS_CEM',
      law: 's. 1(3)',
      message: 'In Canada a mail that asks for consent needs consent itself.',
    },
    {
      when: {
        expired: true,
        basis: [
          'implied_purchase',
          'implied_inquiry',
          'implied_subscription',
          'implied_membership',
        ],
      },
      effect: 'block',
      code: 'CA_IMPLIED_EXPIRED',
      law: 's. 10(10), 10(13)',
      message: 'The implied consent has run out; only express consent helps.',
    },
    {
      when: {},
      effect: 'hold',
      needs: 'consent',
      code: 'CONSENT_MISSING',
      law: 's. 6(1)(a), 13',
      message: 'Canada asks for proven consent, and none is recorded; it waits until one is.',
    },
  ],
};
