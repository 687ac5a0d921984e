import { describe, expect, it } from 'vitest';
import { PACKS, readJurisdictionDoc, renderJurisdictionDoc } from './jurisdictions-doc.ts';

describe('the pages of the regimes', () => {
  it.each(PACKS)('$id says what its pack says', async (pack) => {
    expect(await readJurisdictionDoc(pack)).toBe(renderJurisdictionDoc(pack));
  });
});
