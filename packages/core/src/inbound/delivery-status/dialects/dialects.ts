import type { Dialect } from '../dialect.ts';
import { PROVIDER_DIALECTS } from './providers.ts';
import { SERVER_DIALECTS } from './servers.ts';

/** In the order in which they are tried: the ones with the surest signs first. */
export const DIALECTS: readonly Dialect[] = [...PROVIDER_DIALECTS, ...SERVER_DIALECTS];
