import { MailwardenError } from '../errors/mailwarden-error.ts';

/** Whether an error says that the row exists already, on either database. */
export function isUniqueViolation(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code === '23505' ||
    code === 'SQLITE_CONSTRAINT_UNIQUE' ||
    code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  );
}

/** Whether PostgreSQL undid a transaction that may simply run again. */
export function isSerializationFailure(error: unknown): boolean {
  const code = codeOf(error instanceof MailwardenError ? error.cause : error);
  return code === '40001' || code === '40P01';
}

/**
 * Turns what SQLite says into a coded error where the fault is the database's; anything else,
 * constraint violations among them, comes back unchanged.
 */
export function toSqliteFault(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined || !code.startsWith('SQLITE_')) return error;
  const primary = code.split('_')[1] ?? '';
  if (primary === 'NOTADB' || primary === 'CORRUPT') {
    return new MailwardenError('DATABASE_UNREADABLE', { cause: error });
  }
  return SQLITE_UNAVAILABLE.has(primary)
    ? new MailwardenError('STORAGE_UNAVAILABLE', { cause: error })
    : error;
}

/** The same for `pg` and for the sockets below it. */
export function toPostgresFault(error: unknown): unknown {
  if (error instanceof MailwardenError) return error;
  const code = codeOf(error);
  const unavailable =
    code === undefined
      ? error instanceof Error && CONNECTION_LOST.test(error.message)
      : SOCKET_CODES.has(code) || POSTGRES_UNAVAILABLE.test(code);
  return unavailable ? new MailwardenError('STORAGE_UNAVAILABLE', { cause: error }) : error;
}

/** What a busy SQLite says; the caller may wait and try again. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code?.startsWith('SQLITE_BUSY') === true || code?.startsWith('SQLITE_LOCKED') === true;
}

// https://sqlite.org/rescode.html
const SQLITE_UNAVAILABLE: ReadonlySet<string> = new Set([
  'BUSY',
  'LOCKED',
  'NOMEM',
  'READONLY',
  'INTERRUPT',
  'IOERR',
  'FULL',
  'CANTOPEN',
  'PROTOCOL',
  'PERM',
  'AUTH',
  'NOLFS',
]);

// PostgreSQL Appendix A: 08 connection, 25006 a standby, 40 rolled back, 53 resources,
// 55P03 lock timeout, 57 operator intervention, 58 system.
const POSTGRES_UNAVAILABLE = /^(?:08|25006|40001|40P01|53|55P03|57|58)/;

const SOCKET_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

// `pg` and `pg-pool` give these no code.
const CONNECTION_LOST =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired|Query read timeout|Postgres connection has been discarded|The server does not support SSL)/;

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
