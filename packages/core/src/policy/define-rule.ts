import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Rule } from './rule.ts';

/**
 * Declares an own rule. It runs beside the built-in ones and can only tighten: a finding can defer,
 * hold or block, never allow. It must be pure and synchronous; if it throws, nothing is sent.
 *
 * @example
 * ```ts
 * import { defineRule } from '@mailwarden/core';
 *
 * export const noFridays = defineRule({
 *   id: 'acme-no-fridays',
 *   version: '1',
 *   evaluate: ({ now, content }) =>
 *     content.category === 'marketing' && new Date(now).getUTCDay() === 5
 *       ? [{ effect: 'hold', needs: 'look', code: 'ACME_FRIDAY', message: 'It is Friday.', evidence: {} }]
 *       : [],
 * });
 * ```
 */
export function defineRule(rule: Rule): Rule {
  if (!/^[a-z][a-z0-9-]{1,63}$/.test(rule.id) || rule.version === '') {
    throw new MailwardenError('OPTION_INVALID', {
      detail: `A rule needs an id such as "acme-no-fridays" and a version; got ${JSON.stringify(rule.id)}.`,
    });
  }
  return Object.freeze({ ...rule });
}
