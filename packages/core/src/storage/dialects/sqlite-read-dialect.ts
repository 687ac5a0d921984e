import {
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
} from 'kysely';
import type { SqliteConnection } from './sqlite-connection.ts';

/** What {@link SqliteReadDialect} asks before and after every query or read transaction. */
export interface ReadGate {
  /** Throws when reading is refused; resolves when the connection is free for this reader. */
  enter(): Promise<SqliteConnection>;
  leave(): void;
}

/** Kysely over the reading side of a SQLite storage. */
export class SqliteReadDialect implements Dialect {
  readonly #gate: ReadGate;
  readonly #compiler: QueryCompiler;

  constructor(gate: ReadGate, compiler: QueryCompiler) {
    this.#gate = gate;
    this.#compiler = compiler;
  }

  createDriver(): Driver {
    return new ReadDriver(this.#gate);
  }

  createQueryCompiler(): QueryCompiler {
    return this.#compiler;
  }

  createAdapter(): DialectAdapter {
    return new ReadAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

class ReadAdapter extends SqliteAdapter {
  // The gate serialises. Kysely's own mutex would stay locked when the gate refuses.
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class ReadDriver implements Driver {
  readonly #gate: ReadGate;

  constructor(gate: ReadGate) {
    this.#gate = gate;
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<DatabaseConnection> {
    return this.#gate.enter();
  }

  // A deferred transaction: a snapshot for several reads, without the writer's lock.
  async beginTransaction(connection: SqliteConnection): Promise<void> {
    connection.control('begin');
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    connection.control('commit');
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    if (connection.inTransaction) connection.control('rollback');
  }

  async releaseConnection(): Promise<void> {
    this.#gate.leave();
  }

  async destroy(): Promise<void> {}
}
