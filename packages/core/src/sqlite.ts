import { MailwardenError } from './errors/mailwarden-error.ts';
import { objectOf } from './shapes/object-of.ts';
import { requireShape } from './shapes/require-shape.ts';
import { choice, number } from './shapes/scalar-shapes.ts';
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
  if (typeof file !== 'string' || file === '') {
    throw new MailwardenError('OPTION_INVALID', {
      detail: `sqlite() needs the path of a file, or ':memory:'.`,
    });
  }
  requireShape(OPTIONS, options, 'sqlite()');
  const { synchronous = 'full', busyTimeout = 5_000 } = options;
  return { open: () => openSqlite({ file, synchronous, busyTimeout }) };
}

const OPTIONS = objectOf<SqliteOptions>('Options of sqlite().', {
  synchronous: choice(['full', 'normal'], 'Whether a commit waits for the disk.'),
  busyTimeout: number('How long to wait for another process, ms.', { least: 0, whole: true }),
});
