import type { ConnectionOptions } from 'node:tls';
import { MailwardenError } from './errors/mailwarden-error.ts';
import type { StorageFactory } from './storage/database.ts';
import { openPostgres } from './storage/open-postgres.ts';

/** Options of {@link postgres}. */
export interface PostgresOptions {
  /** Where the tables are; made at the first start. @default 'mailwarden' */
  readonly schema?: string;
  /** Connections of this process at most. @default 10 */
  readonly maxConnections?: number;
}

/** How to reach a server when there is no connection string. */
export interface PostgresConnection {
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  /** A function is asked for every new connection, for passwords that change. */
  readonly password?: string | (() => string | Promise<string>);
  readonly ssl?: boolean | ConnectionOptions;
}

/**
 * Keeps everything in PostgreSQL 13 or newer, for any number of processes and machines. Needs the
 * package `pg`. Opening throws `DATABASE_UNREADABLE` when the server refuses, `STORAGE_UNAVAILABLE`
 * when it does not answer, `PACKAGE_MISSING` without `pg`.
 *
 * @example
 * ```ts
 * import { postgres } from '@mailwarden/core/postgres';
 *
 * export const database = postgres('postgres://mail@db.acme.example/acme', { maxConnections: 20 });
 * ```
 */
export function postgres(
  connection: string | PostgresConnection,
  options: PostgresOptions = {},
): StorageFactory {
  assertKnown('postgres()', options, ['schema', 'maxConnections']);
  const { schema = 'mailwarden', maxConnections = 10 } = options;
  // Unquoted in every tool, and short enough that PostgreSQL does not cut it.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw invalid('schema is up to 63 lower-case letters, digits and underscores.');
  }
  if (!Number.isSafeInteger(maxConnections) || maxConnections < 1) {
    throw invalid(`maxConnections is a whole number from 1 on, not ${maxConnections}.`);
  }
  const config = toConfig(connection);
  return { open: () => openPostgres({ connection: config, schema, maxConnections }) };
}

function toConfig(connection: string | PostgresConnection) {
  if (typeof connection !== 'string') {
    assertKnown('The connection', connection, CONNECTION_KEYS);
    return { ...connection };
  }
  if (!/^postgres(?:ql)?:\/\//.test(connection)) {
    throw invalid('postgres() needs a URL like postgres://user@host/database, or an object.');
  }
  return { connectionString: connection };
}

const CONNECTION_KEYS = ['host', 'port', 'database', 'user', 'password', 'ssl'];

function assertKnown(what: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new MailwardenError('OPTION_UNKNOWN', {
    detail: `${what} has no option ${unknown.join(', ')}; it has ${known.join(', ')}.`,
  });
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}
