import type { SendFacts } from '../../policy/facts.ts';
import type { Decision } from '../../policy/finding.ts';
import type { Submission } from './submit-message.ts';
import type { Revised } from './take-revised.ts';

/** A submission with its decision. */
export interface DecidedSubmission extends Submission {
  readonly decision: Decision;
  /** What it was decided on. */
  readonly facts: SendFacts;
  readonly revised: Revised | undefined;
}
