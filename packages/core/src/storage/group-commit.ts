import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { SqliteConnection } from './dialects/sqlite-connection.ts';
import { toSqliteFault } from './faults.ts';
import type { Mutex } from './mutex.ts';

/** More units than this wait for the next transaction. */
const MAX_UNITS = 200;
/** A group that has been open this long, ms, takes no further unit. */
const MAX_OPEN = 20;

/** What {@link GroupCommit} needs around its queue. */
export interface GroupCommitOptions {
  readonly connection: SqliteConnection;
  /** Held from BEGIN to COMMIT. */
  readonly mutex: Mutex;
  /** Starts a transaction that holds the write lock. */
  readonly begin: () => Promise<void>;
  /** Waits for the disk after a COMMIT, where COMMIT itself does not. */
  readonly flush?: () => Promise<void>;
}

/** How a unit ended inside its group; nobody hears of it before the COMMIT. */
type Ending =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; error: unknown };

interface Waiting {
  readonly work: () => Promise<unknown>;
  readonly settle: (ending: Ending) => void;
}

/**
 * Runs units of work one after another, as many as wait in one transaction, each in a savepoint.
 * A unit resolves or rejects after the COMMIT that it shares is on the disk: even an error may rest
 * on what an earlier unit of the group wrote. When that fails, every unit of the group rejects. The
 * next group does not wait for the disk; whatever it read, its own flush covers.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  readonly #waiting: Waiting[] = [];
  readonly #flushing = new Set<Promise<void>>();
  #pump: Promise<void> | undefined;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // The group runs in the pump's async context; the caller's own must reach its work.
    const inContext = AsyncLocalStorage.snapshot();
    this.#waiting.push({
      work: () => inContext(work),
      settle: (ending) => (ending.ok ? resolve(ending.value as T) : reject(ending.error)),
    });
    this.#pump ??= this.#drain();
    return promise;
  }

  /** Resolves when nothing waits or runs. */
  async idle(): Promise<void> {
    await this.#pump;
    await Promise.all(this.#flushing);
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // One turn of the event loop lets requests that have arrived meanwhile join.
      await nextTurn();
      await this.#group();
    }
    this.#pump = undefined;
  }

  async #group(): Promise<void> {
    const unlock = await this.#options.mutex.lock();
    const group: Waiting[] = [];
    try {
      await this.#options.begin();
      const endings = await this.#runWaiting(group);
      this.#options.connection.control('commit');
      this.#settle(group, endings);
    } catch (error) {
      this.#rollBack();
      // Without a BEGIN nobody in the queue can do better than the first.
      const losers = group.length > 0 ? group : this.#waiting.splice(0);
      for (const unit of losers) unit.settle({ ok: false, error: toUnavailable(error) });
    } finally {
      unlock();
    }
  }

  /** Nobody hears of a unit before the disk has it. */
  #settle(group: readonly Waiting[], endings: readonly Ending[]): void {
    const { flush } = this.#options;
    const settle = (): void => {
      for (const [index, ending] of endings.entries()) group[index]?.settle(ending);
    };
    if (flush === undefined) {
      settle();
      return;
    }
    const settled = flush().then(settle, (error: unknown) => {
      for (const unit of group) unit.settle({ ok: false, error });
    });
    this.#flushing.add(settled);
    void settled.then(() => this.#flushing.delete(settled));
  }

  /** Moves units from the queue to `group` and runs them there. */
  async #runWaiting(group: Waiting[]): Promise<Ending[]> {
    const endings: Ending[] = [];
    const start = performance.now();
    while (group.length < MAX_UNITS && performance.now() - start < MAX_OPEN) {
      const unit = this.#waiting.shift();
      if (unit === undefined) break;
      group.push(unit);
      const ending = await this.#inSavepoint(unit);
      endings.push(ending);
      // A full disk or an IO error makes SQLite roll back the whole transaction by itself.
      if (!this.#options.connection.inTransaction) throw lost(ending);
    }
    return endings;
  }

  async #inSavepoint(unit: Waiting): Promise<Ending> {
    const { connection } = this.#options;
    connection.control('savepoint unit');
    try {
      const value = await unit.work();
      if (connection.inTransaction) connection.control('release unit');
      return { ok: true, value };
    } catch (error) {
      if (connection.inTransaction) {
        connection.control('rollback to unit');
        connection.control('release unit');
      }
      return { ok: false, error };
    }
  }

  #rollBack(): void {
    const { connection } = this.#options;
    try {
      if (connection.inTransaction) connection.control('rollback');
    } catch {
      // The error that led here is the one to tell; the next BEGIN shows whether SQLite recovered.
    }
  }
}

function lost(ending: Ending): MailwardenError {
  return new MailwardenError('STORAGE_UNAVAILABLE', {
    detail: 'SQLite rolled the transaction back.',
    cause: ending.ok ? undefined : ending.error,
  });
}

function toUnavailable(error: unknown): unknown {
  const fault = toSqliteFault(error);
  return fault instanceof MailwardenError
    ? fault
    : new MailwardenError('STORAGE_UNAVAILABLE', { cause: error });
}
