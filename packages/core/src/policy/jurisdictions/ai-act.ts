import { EEA } from './eu.ts';
import type { JurisdictionPack } from './jurisdiction-pack.ts';

/** Asked by the rule `ai-disclosure`; it decides nothing about consent. */
export const aiAct: JurisdictionPack = {
  id: 'ai-act',
  version: '1',
  title: 'EU AI Act: Regulation (EU) 2024/1689, art. 50',
  countries: EEA,
  rows: [
    {
      when: { category: 'conversational', disclosed: false },
      effect: 'hold',
      needs: 'look',
      code: 'AI_DISCLOSURE_REQUIRED',
      law: 'art. 50(1), (5)',
      message:
        'The person has to be told that a machine writes; say so in the text, or have the operator set disclosure.',
    },
    {
      when: {},
      effect: 'allow',
      code: 'AI_DISCLOSED',
      law: 'art. 50(1)',
      message: 'It says so, or nobody converses.',
    },
  ],
};
