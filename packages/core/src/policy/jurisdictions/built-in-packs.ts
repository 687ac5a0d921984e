import { ca } from './ca.ts';
import { california } from './california.ts';
import { eu } from './eu.ts';
import type { JurisdictionPack } from './jurisdiction-pack.ts';
import { au, nz, sg } from './pacific.ts';
import { uk } from './uk.ts';
import { us } from './us.ts';

/** The regimes that say who may be sent marketing. */
export const BUILT_IN_PACKS: readonly JurisdictionPack[] = [us, california, ca, eu, uk, au, nz, sg];
