import type { AgentHandle, ReviewerHandle } from './principal/handles.ts';
import type { SystemHandle } from './principal/system-handle.ts';

/** One running Mailwarden: the handles, the worker, and the unsubscribe page. */
export interface Mailwarden {
  /** Opens and migrates the database, checks the keys, starts dispatch, inbox sync and events. */
  start(options?: StartOptions): Promise<void>;
  /**
   * Like `start()`, without the inboxes: for the further processes and machines that only send. Any
   * number may work on one PostgreSQL, and several processes of one machine on one SQLite file.
   */
  startWorker(): Promise<void>;
  /** Lets what is in flight finish, gives back the rest, closes everything. */
  stop(): Promise<void>;
  agent(id: string, options: AgentOptions): AgentHandle;
  /** For a person whom the application has authenticated. */
  reviewer(id: string, options?: ReviewerOptions): ReviewerHandle;
  system(): SystemHandle;
  /** Serves `/u/:token` (RFC 8058) and `POST /webhooks/:provider` below any path. */
  handler(request: Request): Promise<Response>;
  /** One pass over what is due: inbox sync, dispatch, expiry, events. For tests, cron and serverless. */
  tick(options?: TickOptions): Promise<TickResult>;
}

export interface StartOptions {
  /**
   * Run dispatch, inbox sync and sweeps in the background. Without, `onEvent` is told by `tick()`
   * and `handler()` only, and events stay for the process that has the worker.
   * @default true
   */
  readonly worker?: boolean;
}

export interface AgentOptions {
  readonly mailboxes: readonly string[];
  /** Scopes budgets and derived idempotency keys; a LangGraph thread id, a job id. */
  readonly run?: string;
  /** The person whose wish the agent carries out. */
  readonly onBehalfOf?: string;
}

export interface ReviewerOptions {
  /** What mail this person sees and decides on; suppressions concern everybody. @default all */
  readonly mailboxes?: readonly string[];
}

export interface TickOptions {
  /**
   * Begin nothing after this many ms; what is on the wire by then is waited for, which takes no longer
   * than the transport's `sendTimeout`. Inboxes have half of it, suppression sources a quarter.
   * @default 30_000
   */
  readonly maxMs?: number;
  /** Sync inboxes too. @default true */
  readonly inbox?: boolean;
}

export interface TickResult {
  readonly claimed: number;
  readonly received: number;
}
