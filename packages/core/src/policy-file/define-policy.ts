import { POLICY } from '../options/policy-members.ts';
import type { PolicyOptions } from '../options.ts';
import { requireShape } from '../shapes/require-shape.ts';

/**
 * Declares a policy in TypeScript: the same names and values as a policy file, checked at once.
 * Throws `OPTION_UNKNOWN`, which names the nearest name, or `OPTION_INVALID`.
 *
 * @example
 * ```ts
 * import { definePolicy } from '@mailwarden/core';
 *
 * export const policy = definePolicy({
 *   audience: { unknownCountry: 'strictest' },
 *   budgets: { sendsPerRun: 20 },
 *   mailboxes: [
 *     {
 *       address: 'support@acme.example',
 *       oversight: { default: 'gated_send', conversational: 'monitored' },
 *       tighten: [{ when: { tag: 'vip' }, to: 'gated_send' }],
 *     },
 *   ],
 * });
 * ```
 */
export function definePolicy(policy: PolicyOptions): PolicyOptions {
  requireShape(POLICY, policy, 'definePolicy');
  return Object.freeze({ ...policy });
}
