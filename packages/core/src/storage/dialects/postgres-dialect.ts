import {
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  type PostgresPool,
  PostgresQueryCompiler,
  type QueryCompiler,
} from 'kysely';
import { type ConnectionGate, GuardedDriver } from './guarded-driver.ts';

/** Kysely's PostgreSQL with coded faults and a gate before every connection. */
export class GuardedPostgresDialect implements Dialect {
  readonly #pool: PostgresPool;
  readonly #gate: ConnectionGate;

  constructor(pool: PostgresPool, gate: ConnectionGate) {
    this.#pool = pool;
    this.#gate = gate;
  }

  createDriver(): Driver {
    return new GuardedDriver(new PostgresDriver({ pool: this.#pool }), this.#gate);
  }

  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new PostgresAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
}
