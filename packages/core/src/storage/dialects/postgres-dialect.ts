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
  type QueryCompiler,
} from 'kysely';
import { type ConnectionGate, GuardedDriver } from './guarded-driver.ts';

/** Kysely's PostgreSQL with coded faults and a gate before every connection. */
export class GuardedPostgresDialect implements Dialect {
  readonly #pool: PostgresPool;
  readonly #gate: ConnectionGate;
  readonly #compiler: QueryCompiler;

  constructor(pool: PostgresPool, gate: ConnectionGate, compiler: QueryCompiler) {
    this.#pool = pool;
    this.#gate = gate;
    this.#compiler = compiler;
  }

  createDriver(): Driver {
    return new GuardedDriver(new PostgresDriver({ pool: this.#pool }), this.#gate);
  }

  createQueryCompiler(): QueryCompiler {
    return this.#compiler;
  }

  createAdapter(): DialectAdapter {
    return new PostgresAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
}
