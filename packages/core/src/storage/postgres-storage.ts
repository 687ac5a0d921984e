import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, type PostgresPool } from 'kysely';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Database, Db, StopListening, Storage, StorageCapabilities, Tx } from './database.ts';
import { POSTGRES_CLOCK } from './dialects/clock.ts';
import { GuardedPostgresDialect } from './dialects/postgres-dialect.ts';
import { SchemaPostgresCompiler } from './dialects/table-names.ts';
import { isSerializationFailure } from './faults.ts';
import { migrate } from './migrations/migrate.ts';
import type { MigrationDialect } from './migrations/migration.ts';
import { postgresMigrations } from './migrations/postgres-migrations.ts';
import type { PostgresNews } from './postgres-news.ts';
import { UnitScope } from './unit-scope.ts';

/** How often a unit runs at most when PostgreSQL undoes it to end a deadlock. */
const MAX_RUNS = 5;

/** Storage on PostgreSQL, any number of processes. */
export class PostgresStorage implements Storage {
  readonly capabilities: StorageCapabilities = {
    supportsRowLocks: true,
    supportsSnapshotXmin: true,
  };
  readonly clock = POSTGRES_CLOCK;
  readonly db: Db;
  readonly #pool: PostgresPool;
  readonly #news: PostgresNews;
  readonly #migrations: MigrationDialect;
  readonly #scope = new UnitScope();
  #open = true;
  #inUse = 0;
  #whenFree: (() => void) | undefined;

  constructor(pool: PostgresPool, schema: string, news: PostgresNews) {
    this.#pool = pool;
    this.#news = news;
    this.#migrations = postgresMigrations(schema);
    const gate = { enter: () => this.#enter(), leave: () => this.#leave() };
    const compiler = new SchemaPostgresCompiler(schema);
    this.db = new Kysely<Database>({ dialect: new GuardedPostgresDialect(pool, gate, compiler) });
  }

  async unit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#scope.refuse('A unit of work may not start another one; pass its tx on.');
    for (let run = 1; ; run += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (run >= MAX_RUNS || !isSerializationFailure(error)) throw error;
      }
      await pause(Math.random() * 10 * 2 ** run);
    }
  }

  async migrate(mode: 'auto' | 'check'): Promise<void> {
    await migrate(this, this.#migrations, mode);
  }

  /** VACUUM and the archive of the log are the server's. */
  flushLog(): Promise<boolean> {
    return Promise.resolve(false);
  }

  announce(topic: string): void {
    if (this.#open) this.#news.announce(topic);
  }

  listen(topic: string, onNews: () => void): StopListening {
    return this.#news.listen(topic, onNews);
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#news.idle();
    // pg-pool forgets whoever waits for a connection when it ends.
    if (this.#inUse > 0) {
      await new Promise<void>((resolve) => {
        this.#whenFree = resolve;
      });
    }
    await this.#pool.end();
  }

  #once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.db
      .transaction()
      .setIsolationLevel('read committed')
      .execute((tx) => this.#scope.run(async () => work(tx)));
  }

  #enter(): void {
    this.#scope.refuse('A unit of work reads through its tx, not through storage.db.');
    if (!this.#open) throw new MailwardenError('STOPPED');
    this.#inUse += 1;
  }

  #leave(): void {
    this.#inUse -= 1;
    if (this.#inUse === 0) this.#whenFree?.();
  }
}
