import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { PolicyOptions } from '../options.ts';
import { checkPolicy } from './check-policy.ts';

export interface ParsePolicyOptions {
  /** How messages call the text. @default 'policy' */
  readonly name?: string;
}

/** How many mistakes one message names. */
const MOST = 10;

/**
 * Reads a policy in YAML or JSON: data only, every name checked. Throws `POLICY_INVALID` with line
 * and column of every mistake.
 *
 * @example
 * ```ts
 * import { parsePolicy } from '@mailwarden/core/policy-file';
 *
 * export const policy = parsePolicy('budgets: { sendsPerRun: 20 }');
 * ```
 */
export function parsePolicy(
  text: string,
  { name = 'policy' }: ParsePolicyOptions = {},
): PolicyOptions {
  const { issues, policy } = checkPolicy(text);
  if (policy !== undefined) return Object.freeze(policy);
  const lines = issues.map(({ line, column, message }) => `${name}:${line}:${column} ${message}`);
  const more = lines.length > MOST ? [`${lines.length - MOST} more.`] : [];
  throw new MailwardenError('POLICY_INVALID', {
    detail: [...lines.slice(0, MOST), ...more].join(' '),
    fields: { issues: lines },
  });
}
