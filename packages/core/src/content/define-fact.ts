import { requireShape } from '../shapes/require-shape.ts';
import { FACT } from './content-shapes.ts';
import { toPattern } from './content-values.ts';
import type { Fact } from './offer.ts';

/** What {@link defineFact} takes: a {@link Fact} whose pattern may be text, as in a file. */
export interface FactInput extends Omit<Fact, 'pattern'> {
  readonly pattern?: RegExp | string;
}

/**
 * Declares something true that marketing may state: `text` word for word, or a `pattern`. A claim
 * is supported when the fact's words stand in its line and cover it. Throws `OPTION_UNKNOWN` or
 * `OPTION_INVALID`.
 *
 * @example
 * ```ts
 * import { defineFact } from '@mailwarden/core';
 *
 * export const uptime = defineFact({ id: 'uptime', text: '99.9 % uptime' });
 * export const trial = defineFact({ id: 'trial', pattern: /free (?:14-day )?trial/ });
 * ```
 */
export function defineFact(fact: FactInput): Fact {
  requireShape(FACT, fact, 'A fact');
  const { pattern, ...rest } = fact;
  const compiled = toPattern(pattern);
  return Object.freeze({ ...rest, ...(compiled === undefined ? {} : { pattern: compiled }) });
}
