import { setTimeout as pause } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  DummyDriver,
  Kysely,
  type QueryResult,
  SingleConnectionProvider,
  SqliteAdapter,
  Transaction,
} from 'kysely';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Database, Db, StopListening, Storage, StorageCapabilities, Tx } from './database.ts';
import { SQLITE_CLOCK } from './dialects/clock.ts';
import type { SqliteConnection } from './dialects/sqlite-connection.ts';
import { type ReadGate, SqliteReadDialect } from './dialects/sqlite-read-dialect.ts';
import { PrefixedSqliteCompiler } from './dialects/table-names.ts';
import { isBusy, toSqliteFault } from './faults.ts';
import { GroupCommit } from './group-commit.ts';
import type { LogFlush } from './log-flush.ts';
import { migrate } from './migrations/migrate.ts';
import { sqliteMigrations } from './migrations/sqlite-migrations.ts';
import { Mutex } from './mutex.ts';
import { UnitScope } from './unit-scope.ts';

/** The connections of an open SQLite database; in memory there is only one for both. */
export interface SqliteConnections {
  readonly writer: SqliteConnection;
  readonly reader: SqliteConnection;
  /** How long to wait for another process's write lock, ms. */
  readonly busyTimeout: number;
  /** Where COMMIT leaves the disk to it. */
  readonly log?: LogFlush;
}

/** Storage on a SQLite file or in memory. */
export class SqliteStorage implements Storage {
  readonly capabilities: StorageCapabilities = {
    supportsRowLocks: false,
    supportsSnapshotXmin: false,
  };
  readonly clock = SQLITE_CLOCK;
  readonly db: Db;
  readonly #connections: SqliteConnections;
  readonly #groups: GroupCommit;
  readonly #mutex = new Mutex();
  // Compiling is synchronous, so that all share one.
  readonly #compiler = new PrefixedSqliteCompiler('mw_');
  readonly #scope = new UnitScope();
  readonly #dialect: SqliteReadDialect;
  #open = true;

  constructor(connections: SqliteConnections) {
    this.#connections = connections;
    const { writer, reader, log } = connections;
    this.#groups = new GroupCommit({
      connection: writer,
      mutex: this.#mutex,
      begin: () => this.#beginImmediate(),
      ...(log === undefined ? {} : { flush: log.flush }),
    });
    // Reads never share the writer's connection, where they would see half a transaction. In
    // memory there is one connection, so there a read waits until the group has ended.
    const gate = this.#readGate(reader === writer ? this.#mutex : new Mutex());
    this.#dialect = new SqliteReadDialect(gate, this.#compiler);
    this.db = new Kysely<Database>({ dialect: this.#dialect });
  }

  async unit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#assertOpen();
    this.#scope.refuse('A unit of work may not start another one; pass its tx on.');
    return this.#groups.run(async () => {
      const connection = new UnitConnection(this.#connections.writer);
      try {
        return await this.#scope.run(async () => work(this.#transaction(connection)));
      } finally {
        connection.end();
      }
    });
  }

  async migrate(mode: 'auto' | 'check'): Promise<void> {
    await migrate(this, sqliteMigrations, mode);
  }

  async flushLog(): Promise<boolean> {
    this.#assertOpen();
    const unlock = await this.#mutex.lock();
    try {
      const checkpoint = CompiledQuery.raw('pragma wal_checkpoint(truncate)');
      const { rows } = await this.#connections.writer.executeQuery<{ busy: number }>(checkpoint);
      return rows[0]?.busy === 0;
    } finally {
      unlock();
    }
  }

  announce(): void {}

  listen(): StopListening {
    return () => Promise.resolve();
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#groups.idle();
    const { writer, reader, log } = this.#connections;
    await log?.close();
    if (reader !== writer) reader.close();
    writer.close();
  }

  #transaction(connection: DatabaseConnection): Tx {
    const executor = new DefaultQueryExecutor(
      this.#compiler,
      new SqliteAdapter(),
      new SingleConnectionProvider(connection),
    );
    return new Transaction<Database>({
      config: { dialect: this.#dialect },
      dialect: this.#dialect,
      driver: new DummyDriver(),
      executor,
    });
  }

  // SQLite's own busy handler blocks the event loop, and with it a writer in this very process.
  async #beginImmediate(): Promise<void> {
    const { writer, busyTimeout, log } = this.#connections;
    log?.assertSound();
    for (let waited = 0; ; ) {
      try {
        writer.control('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error) || waited >= busyTimeout) throw toSqliteFault(error);
      }
      const wait = 1 + Math.random() * Math.min(25, 1 + waited / 4);
      await pause(wait);
      waited += wait;
    }
  }

  #readGate(mutex: Mutex): ReadGate {
    const { reader, writer } = this.#connections;
    let unlock = (): void => {};
    return {
      enter: async () => {
        this.#scope.refuse('A unit of work reads through its tx, not through storage.db.');
        const release = await mutex.lock();
        if (!this.#open) {
          release();
          throw new MailwardenError('STOPPED');
        }
        unlock = release;
        reader.setWritable(false);
        return reader;
      },
      leave: () => {
        if (reader === writer) writer.setWritable(true);
        unlock();
      },
    };
  }

  #assertOpen(): void {
    if (!this.#open) throw new MailwardenError('STOPPED');
  }
}

/** The writer as one unit sees it: gone when the unit has ended. */
class UnitConnection implements DatabaseConnection {
  readonly #writer: SqliteConnection;
  #ended = false;

  constructor(writer: SqliteConnection) {
    this.#writer = writer;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#assertRunning();
    return this.#writer.executeQuery<R>(query);
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    this.#assertRunning();
    yield* this.#writer.streamQuery<R>(query);
  }

  end(): void {
    this.#ended = true;
  }

  // A query that comes late would run inside somebody else's unit.
  #assertRunning(): void {
    if (this.#ended) {
      throw new MailwardenError('INTERNAL', {
        detail: 'A query came after the end of its unit of work; await every query.',
      });
    }
  }
}
