import type { CustomTypesConfig, PoolConfig, types } from 'pg';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toPostgresFault } from './faults.ts';
import { PostgresNews } from './postgres-news.ts';
import { PostgresStorage } from './postgres-storage.ts';

/** {@link openPostgres} with every option decided. */
export interface PostgresSettings {
  /** What `pg` needs to reach the server. */
  readonly connection: PoolConfig;
  readonly schema: string;
  readonly maxConnections: number;
}

/** `pg_current_xact_id()` came with this version. */
const OLDEST = 130_000;

/** How long to wait for a connection, a free one of the pool included, ms. */
const CONNECT_TIMEOUT = 10_000;

/** Makes a pool of our own and asks the server once. */
export async function openPostgres(settings: PostgresSettings): Promise<PostgresStorage> {
  const pg = await importPg();
  const connection = {
    application_name: 'mailwarden',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    ...settings.connection,
  };
  const pool = new pg.Pool({
    ...connection,
    max: settings.maxConnections,
    types: numbersFor(pg.types),
  });
  // Without a listener a connection that dies would end the process: idle ones tell the pool, ones
  // in use tell themselves. The query that meets the dead connection reports it.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    const { rows } = await pool.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    assertVersion(rows[0]?.version ?? 0);
  } catch (error) {
    await pool.end();
    throw toOpenFault(error);
  }
  const news = new PostgresNews({
    query: (sql, values) => pool.query(sql, [...values]),
    createClient: () => new pg.Client(connection),
    schema: settings.schema,
  });
  return new PostgresStorage(pool, settings.schema, news);
}

async function importPg() {
  try {
    return (await import('pg')).default;
  } catch (cause) {
    throw new MailwardenError('PACKAGE_MISSING', {
      detail: 'PostgreSQL needs the package pg, version 8: npm install pg@8.',
      cause,
    });
  }
}

// int8 and numeric come as strings otherwise. Ours are epoch ms, counts and sums of them, all
// below 2^53. Only this pool is told, not the `pg` that the application shares with us.
function numbersFor(all: typeof types): CustomTypesConfig {
  return {
    getTypeParser: (oid, format) =>
      oid === all.builtins.INT8 || oid === all.builtins.NUMERIC
        ? Number
        : all.getTypeParser(oid, format),
  };
}

function assertVersion(version: number): void {
  if (version >= OLDEST) return;
  throw new MailwardenError('DATABASE_UNREADABLE', {
    detail: `PostgreSQL 13 or newer is needed, this one says ${version}.`,
  });
}

// 28 is a wrong user or password, 3D a database that does not exist: waiting does not help.
function toOpenFault(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^(?:28|3D)/.test(code)
    ? new MailwardenError('DATABASE_UNREADABLE', { cause: error })
    : toPostgresFault(error);
}
