/** What an operation ended with. Expected outcomes are returned, never thrown. */
export type OutcomeStatus =
  | 'ok'
  | 'queued'
  | 'scheduled'
  | 'held'
  | 'blocked'
  | 'duplicate'
  | 'invalid'
  | 'unknown'
  | 'unavailable';

/** An outcome that carries no result: the call could not be taken. */
export interface Refusal {
  readonly status: 'invalid' | 'blocked' | 'unavailable';
  /** An error code, or the code of the finding that decided. */
  readonly code: string;
  /** One or two sentences: why, and what to do next. */
  readonly reason: string;
}

/** A result, or why there is none. */
export type Outcome<T> = ({ readonly status: 'ok' } & T) | Refusal;

/** What became of one message. */
export interface SendResult {
  readonly status: Exclude<OutcomeStatus, 'ok'>;
  /** Absent only when nothing was recorded (`invalid`, `unavailable`). */
  readonly messageId?: string;
  readonly threadId?: string;
  readonly to?: readonly string[];
  readonly code: string;
  readonly reason: string;
  /** For `scheduled`: not before, epoch ms. */
  readonly dueAt?: number;
  /** What core changed or dropped, e.g. a caller's own List-Unsubscribe. */
  readonly notices?: readonly string[];
}

/** One send call; marketing to n addresses becomes n messages, the first of which is repeated on top. */
export interface SendOutcome extends SendResult {
  readonly messages: readonly SendResult[];
}
