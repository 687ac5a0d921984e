import type { Context } from '../context.ts';

/** The part of the context that suppression uses. */
export type SuppressionContext = Pick<Context, 'tenant' | 'storage' | 'keys' | 'now'>;
