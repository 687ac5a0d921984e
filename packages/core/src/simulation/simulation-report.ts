import type { Effect } from '../policy/finding.ts';
import type { MissingFacts } from '../policy/replay/replay-facts.ts';

/** One way in which decisions would differ. */
export interface SimulatedChange {
  readonly from: Effect;
  readonly fromCode: string;
  readonly to: Effect;
  readonly toCode: string;
  readonly count: number;
  /** Up to `samples` of them: message ids, or `line 7` of a history. */
  readonly samples: readonly string[];
}

/** A row of a history that could not be read. */
export interface HistoryRowError {
  /** From 1: the line of a file, the place in a list. */
  readonly line: number;
  readonly message: string;
}

/** What a history cannot prove: a person's approval of the template, and the mail that was answered. */
export type AssumedFact = 'template' | 'thread';

/** What a simulation found; nothing was sent and nothing was written. */
export interface SimulationReport {
  readonly over: 'stored' | 'history';
  /** Versions of the policy that runs and of the one that was tried. */
  readonly running: string;
  readonly simulated: string;
  /** What the change says that decides nothing, such as `reviewExpiry`. */
  readonly idle: readonly string[];
  /** Decisions looked at; of a history, one for each message, or each recipient of marketing. */
  readonly decisions: number;
  readonly same: number;
  readonly different: number;
  /** Recipients of the different ones, each message's counted by itself. */
  readonly recipients: number;
  /** The different ones by what they were and would be, most frequent first. */
  readonly effects: readonly Pick<SimulatedChange, 'from' | 'to' | 'count'>[];
  /** The same by code. */
  readonly changes: readonly SimulatedChange[];
  /** Decisions that could not be asked again, by what is missing. */
  readonly missing: {
    readonly total: number;
    readonly reasons: Readonly<Partial<Record<MissingFacts, number>>>;
  };
  /**
   * Stored decisions that the running policy would already make differently today, since they were
   * made under another one.
   */
  readonly outdated: number;
  /**
   * Decisions of the running policy whose facts do not give the same decision again. Not 0: a rule
   * looks at something that is no fact, such as the clock.
   */
  readonly unfaithful: number;
  /**
   * Of a history: decisions that believe its category, by the fact that is missing and assumed. In
   * operation the same mail needs it.
   */
  readonly assumed: Readonly<Partial<Record<AssumedFact, number>>>;
  /** Of a history: messages without a body, of which rules about content saw nothing. */
  readonly withoutBody: number;
  /** Of a history: rows that could not be read, and the first 100 of them. */
  readonly failed: number;
  readonly errors: readonly HistoryRowError[];
}
