import type BetterSqlite3 from 'better-sqlite3';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { toSqliteFault } from '../faults.ts';
import { StatementCache } from './statement-cache.ts';

/** One better-sqlite3 handle with its prepared statements; faults come out coded. */
export class SqliteConnection implements DatabaseConnection {
  readonly #handle: BetterSqlite3.Database;
  #writable = true;
  readonly #statements: StatementCache<BetterSqlite3.Statement>;

  constructor(handle: BetterSqlite3.Database) {
    this.#handle = handle;
    this.#statements = new StatementCache((text) => handle.prepare(text));
  }

  get inTransaction(): boolean {
    return this.#handle.inTransaction;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const statement = this.#statements.get(query.sql);
      if (statement.reader) return { rows: statement.all(query.parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(query.parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      throw this.#toFault(error);
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    try {
      // Not from the cache: a statement that is being iterated cannot run a second time.
      const statement = this.#handle.prepare(query.sql);
      for (const row of statement.iterate(query.parameters)) yield { rows: [row as R] };
    } catch (error) {
      throw this.#toFault(error);
    }
  }

  /** Transaction control; throws SQLite's own error. */
  control(statement: string): void {
    this.#statements.get(statement).run();
  }

  /** While not writable, a statement that writes is refused. */
  setWritable(writable: boolean): void {
    if (this.#writable === writable) return;
    this.control(`pragma query_only = ${writable ? 'off' : 'on'}`);
    this.#writable = writable;
  }

  close(): void {
    this.#statements.clear();
    this.#handle.close();
  }

  #toFault(error: unknown): unknown {
    const fault = toSqliteFault(error);
    if (this.#writable || !(fault instanceof MailwardenError)) return fault;
    const cause = fault.cause as { code?: unknown };
    return cause.code === 'SQLITE_READONLY'
      ? new MailwardenError('INTERNAL', {
          detail: 'storage.db only reads; a write goes through a unit of work.',
          cause,
        })
      : fault;
  }
}
