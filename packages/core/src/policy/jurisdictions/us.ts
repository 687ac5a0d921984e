import type { JurisdictionPack } from './jurisdiction-pack.ts';
import { WIRELESS_DOMAINS } from './wireless-domains.ts';

/** Opt-out: no consent is needed, a refusal counts at once. */
export const us: JurisdictionPack = {
  id: 'us',
  version: '2',
  title: 'United States: CAN-SPAM Act, 15 USC 7701–7713; 16 CFR 316',
  countries: ['US', 'PR', 'GU', 'VI', 'AS', 'MP'],
  rows: [
    {
      when: { withdrawn: true },
      effect: 'block',
      code: 'OPTED_OUT',
      law: '15 USC 7704(a)(4)',
      message: 'The person opted out; do not try again.',
    },
    {
      when: { collected: ['harvested', 'generated'] },
      effect: 'block',
      code: 'HARVESTED',
      law: '15 USC 7704(b)(1)',
      message: 'The address was harvested or generated; nobody may write to it.',
    },
    {
      when: { domains: WIRELESS_DOMAINS, basis: ['express', 'double_opt_in'], proven: true },
      effect: 'allow',
      code: 'US_WIRELESS_AUTHORISED',
      law: '47 CFR 64.3100(a)(1), (d)',
      message: 'The subscriber authorised it expressly and beforehand.',
    },
    {
      when: { domains: WIRELESS_DOMAINS },
      effect: 'block',
      code: 'US_WIRELESS_DOMAIN',
      law: '47 CFR 64.3100(a)',
      message:
        'The address rings a telephone; it gets marketing only with a proven express consent.',
    },
    {
      when: {},
      effect: 'allow',
      code: 'US_OPT_OUT',
      law: '15 USC 7704(a)',
      message: 'The United States ask for no consent.',
    },
  ],
};
