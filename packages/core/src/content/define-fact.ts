import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Fact } from './offer.ts';

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
export function defineFact(fact: Fact): Fact {
  const unknown = Object.keys(fact).filter((key) => !['id', 'text', 'pattern'].includes(key));
  if (unknown.length > 0) {
    throw new MailwardenError('OPTION_UNKNOWN', {
      detail: `A fact has no ${unknown.join(', ')}; it has id, text, pattern.`,
      fields: { unknown },
    });
  }
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(fact.id)) throw invalid('A fact needs an id.');
  if ((fact.text === undefined) === (fact.pattern === undefined)) {
    throw invalid(`The fact ${fact.id} needs either text or pattern.`);
  }
  if (fact.text !== undefined && fact.text.trim().length < 3) {
    throw invalid(`text of the fact ${fact.id} needs 3 characters or more.`);
  }
  // A pattern that fits nothing in particular would support everything.
  if (fact.pattern?.test('') === true) {
    throw invalid(`pattern of the fact ${fact.id} fits the empty text.`);
  }
  return Object.freeze({ ...fact });
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}
