import { MailwardenError } from './errors/mailwarden-error.ts';
import type { StorageFactory } from './storage/database.ts';
import { openSqlite } from './storage/open-sqlite.ts';

/** Options of {@link sqlite}. */
export interface SqliteOptions {
  /**
   * `full` waits for the disk at every commit. `normal` commits several times as often, and a power
   * cut may take back the last commits, an unsubscribe among them; a crash of the process does not.
   * @default 'full'
   */
  readonly synchronous?: 'full' | 'normal';
  /** How long to wait while another process writes, ms. @default 5_000 */
  readonly busyTimeout?: number;
}

/**
 * Keeps everything in one SQLite file, or in memory for tests: `:memory:`. The file may hold other
 * tables; those of Mailwarden start with `mw_`. Several processes of one machine may share it.
 * Opening throws `DATABASE_UNREADABLE` when the file cannot be used.
 *
 * @example
 * ```ts
 * import { sqlite } from '@mailwarden/core/sqlite';
 *
 * export const database = sqlite('mailwarden.db');
 * ```
 */
export function sqlite(file: string, options: SqliteOptions = {}): StorageFactory {
  assertKnown(options);
  const { synchronous = 'full', busyTimeout = 5_000 } = options;
  if (typeof file !== 'string' || file === '') {
    throw invalid(`sqlite() needs the path of a file, or ':memory:'.`);
  }
  if (synchronous !== 'full' && synchronous !== 'normal') {
    throw invalid(`synchronous is 'full' or 'normal', not ${JSON.stringify(synchronous)}.`);
  }
  if (!Number.isSafeInteger(busyTimeout) || busyTimeout < 0) {
    throw invalid(`busyTimeout is a whole number of ms, not ${JSON.stringify(busyTimeout)}.`);
  }
  return { open: () => openSqlite({ file, synchronous, busyTimeout }) };
}

function assertKnown(options: SqliteOptions): void {
  const known = ['synchronous', 'busyTimeout'];
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new MailwardenError('OPTION_UNKNOWN', {
    detail: `sqlite() has no option ${unknown.join(', ')}; it has ${known.join(', ')}.`,
  });
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('OPTION_INVALID', { detail });
}
