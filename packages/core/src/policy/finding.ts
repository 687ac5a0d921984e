/** From loosest to strictest; a decision is the strictest of its findings. */
export type Effect = 'allow' | 'defer' | 'hold' | 'block';

/** Text, numbers and lists of text: what a person is shown, and what an approval binds to. */
export type Evidence = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What one rule has to say about one send. */
export interface Finding {
  /** Stable id of the rule, e.g. `suppression`. */
  readonly rule: string;
  readonly effect: Exclude<Effect, 'allow'>;
  /** For machines, e.g. `SUPPRESSED`. */
  readonly code: string;
  /** One sentence for the model: what is wrong and what it can do. No personal data beyond its own call. */
  readonly message: string;
  /** For people. */
  readonly evidence: Evidence;
  /** On a hold: a person should look, or a fact is missing that no look replaces. */
  readonly needs?: 'look' | 'fact';
  /** On a defer: not before this instant, epoch ms. */
  readonly until?: number;
  /** On a block: the cause can pass by itself, so a claim parks the delivery instead of ending it. */
  readonly retryable?: boolean;
}

/** A finding as stored in the trace. */
export interface TracedFinding extends Finding {
  readonly version: string;
  /** SHA-256 over rule, code and evidence: what an approval discharges. */
  readonly evidenceHash: string;
  /** Reported, not enforced. */
  readonly shadow: boolean;
  /** An approval of this digest covers it. */
  readonly discharged: boolean;
}

/** The stored answer to "may this go out, and why (not)". */
export interface Decision {
  readonly effect: Effect;
  /** Code and sentence of the finding that decided; `ALLOWED` when none did. */
  readonly code: string;
  readonly message: string;
  readonly until?: number;
  readonly retryable: boolean;
  /** Every rule that ran, as `id@version`. */
  readonly rules: readonly string[];
  readonly findings: readonly TracedFinding[];
  readonly policyVersion: string;
  readonly decidedAt: number;
}
