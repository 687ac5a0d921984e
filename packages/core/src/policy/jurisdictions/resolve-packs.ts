import { requireShape } from '../../shapes/require-shape.ts';
import { BUILT_IN_PACKS } from './built-in-packs.ts';
import type { JurisdictionPack } from './jurisdiction-pack.ts';
import { JURISDICTIONS } from './pack-shape.ts';

/**
 * The built-in packs and the application's own, which replace one of the same id. Throws
 * `OPTION_INVALID` or `OPTION_UNKNOWN`: a misspelt condition would be one that always fits.
 */
export function resolvePacks(own: readonly JurisdictionPack[] = []): readonly JurisdictionPack[] {
  requireShape(JURISDICTIONS, own, 'jurisdictions');
  const ids = own.map((pack) => pack.id);
  return [...BUILT_IN_PACKS.filter((pack) => !ids.includes(pack.id)), ...own];
}
