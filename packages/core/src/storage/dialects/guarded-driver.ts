import type {
  CompiledQuery,
  DatabaseConnection,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { toPostgresFault } from '../faults.ts';

/** What {@link GuardedDriver} asks around every use of a connection. */
export interface ConnectionGate {
  /** Throws when no connection may be taken. */
  enter(): void;
  leave(): void;
}

/** A driver for PostgreSQL whose faults come out coded. */
export class GuardedDriver implements Driver {
  readonly #inner: Driver;
  readonly #gate: ConnectionGate;

  constructor(inner: Driver, gate: ConnectionGate) {
    this.#inner = inner;
    this.#gate = gate;
  }

  async init(): Promise<void> {
    await this.#inner.init();
  }

  async acquireConnection(): Promise<GuardedConnection> {
    this.#gate.enter();
    try {
      return new GuardedConnection(await this.#inner.acquireConnection());
    } catch (error) {
      this.#gate.leave();
      throw toPostgresFault(error);
    }
  }

  async beginTransaction(
    connection: GuardedConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    try {
      await this.#inner.beginTransaction(connection.inner, settings);
    } catch (error) {
      throw toPostgresFault(error);
    }
  }

  async commitTransaction(connection: GuardedConnection): Promise<void> {
    try {
      await this.#inner.commitTransaction(connection.inner);
    } catch (error) {
      throw toCommitFault(error);
    }
  }

  async rollbackTransaction(connection: GuardedConnection): Promise<void> {
    try {
      await this.#inner.rollbackTransaction(connection.inner);
    } catch {
      // The inner driver throws the connection away, which rolls back as well. What made the
      // transaction fail is the error to tell.
    }
  }

  async releaseConnection(connection: GuardedConnection): Promise<void> {
    try {
      await this.#inner.releaseConnection(connection.inner);
    } finally {
      this.#gate.leave();
    }
  }

  async destroy(): Promise<void> {
    await this.#inner.destroy();
  }
}

class GuardedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;

  constructor(inner: DatabaseConnection) {
    this.inner = inner;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>(query);
    } catch (error) {
      throw toPostgresFault(error);
    }
  }

  streamQuery<R>(query: CompiledQuery, size: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, size);
  }
}

// When the connection is lost between COMMIT and its answer nobody knows which way it went.
function toCommitFault(error: unknown): unknown {
  const fault = toPostgresFault(error);
  if (!(fault instanceof MailwardenError) || fault.code !== 'STORAGE_UNAVAILABLE') return fault;
  return new MailwardenError('STORAGE_UNAVAILABLE', {
    detail: 'The connection was lost during COMMIT; the change may have been made.',
    fields: { committed: 'unknown' },
    cause: fault.cause,
  });
}
