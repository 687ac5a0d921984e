import type { SendFacts } from './facts.ts';
import type { Finding } from './finding.ts';

/** A finding before the engine adds the rule's name. */
export type RuleFinding = Omit<Finding, 'rule'>;

/** One check, pure and synchronous. */
export interface Rule {
  /** Stable, lower-case, e.g. `header-safety`. */
  readonly id: string;
  /** Raise it when the rule can answer differently. */
  readonly version: string;
  /** Reported in the trace but not enforced. */
  readonly shadow?: boolean;
  evaluate(facts: SendFacts): readonly RuleFinding[];
}
