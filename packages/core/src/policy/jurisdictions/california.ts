import type { JurisdictionPack } from './jurisdiction-pack.ts';

/** Not about permission to send, but about where the data comes from; runs beside the US pack. */
export const california: JurisdictionPack = {
  id: 'california',
  version: '1',
  title: 'California: CCPA as amended by CPRA, Delete Act',
  countries: ['US'],
  regions: ['CA'],
  rows: [
    {
      when: { provenance: 'missing' },
      effect: 'hold',
      needs: 'look',
      code: 'PROVENANCE_MISSING',
      law: 'Cal. Civ. Code 1798.100(a), 1798.110',
      message: 'Nobody recorded where this contact comes from; a person looks first.',
    },
    {
      when: {},
      effect: 'allow',
      code: 'CALIFORNIA_PROVENANCE',
      law: 'Cal. Civ. Code 1798.110',
      message: 'The origin of the data is on record.',
    },
  ],
};
