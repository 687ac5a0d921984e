import type { Decision } from '../policy/finding.ts';

/** What an event says about the decision behind it: the effect, and the policy that decided. */
export function toDecisionData({ effect, policyVersion }: Decision): {
  readonly effect: string;
  readonly policyVersion: string;
} {
  return { effect, policyVersion };
}
