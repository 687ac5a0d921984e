import type { ConnectionOptions } from 'node:tls';
import { MailwardenError } from './errors/mailwarden-error.ts';
import { objectOf } from './shapes/object-of.ts';
import { requireShape } from './shapes/require-shape.ts';
import { number, text } from './shapes/scalar-shapes.ts';
import type { Shape } from './shapes/shape.ts';
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
  requireShape(OPTIONS, options, 'postgres()');
  const { schema = 'mailwarden', maxConnections = 10 } = options;
  const config = toConfig(connection);
  return { open: () => openPostgres({ connection: config, schema, maxConnections }) };
}

const OPTIONS = objectOf<PostgresOptions>('Options of postgres().', {
  schema: text('Where the tables are.', {
    // Unquoted in every tool, and short enough that PostgreSQL does not cut it.
    expected: 'up to 63 lower-case letters, digits and underscores',
    matches: /^[a-z_][a-z0-9_]{0,62}$/,
  }),
  maxConnections: number('Connections of this process at most.', { least: 1, whole: true }),
});

/** `pg` looks at the values; none is repeated. */
const anything = <T>(): Shape<T> => ({ expected: 'what pg takes', check: () => {} });

const CONNECTION = objectOf<PostgresConnection>('How to reach a server.', {
  host: anything(),
  port: anything(),
  database: anything(),
  user: anything(),
  password: anything(),
  ssl: anything(),
});

function toConfig(connection: string | PostgresConnection) {
  if (typeof connection !== 'string') {
    requireShape(CONNECTION, connection, 'The connection of postgres()');
    return { ...connection };
  }
  if (!/^postgres(?:ql)?:\/\//.test(connection)) {
    throw new MailwardenError('OPTION_INVALID', {
      detail: 'postgres() needs a URL like postgres://user@host/database, or an object.',
    });
  }
  return { connectionString: connection };
}
