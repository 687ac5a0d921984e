import { setTimeout as pause } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { CompiledQuery } from 'kysely';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { SqliteConnection } from './dialects/sqlite-connection.ts';
import { isBusy, toSqliteFault } from './faults.ts';
import { createLogFlush, type LogFlush, openLogOf } from './log-flush.ts';
import { SqliteStorage } from './sqlite-storage.ts';

/** {@link openSqlite} with every option decided. */
export interface SqliteSettings {
  readonly file: string;
  readonly synchronous: 'full' | 'normal';
  /** ms. */
  readonly busyTimeout: number;
}

/** Opens one connection to write and, for a file, one to read. */
export async function openSqlite(settings: SqliteSettings): Promise<SqliteStorage> {
  const opened: SqliteConnection[] = [];
  const { file, busyTimeout } = settings;
  try {
    // The writer waits for its lock by itself, see SqliteStorage.
    const writer = openConnection(file, 0);
    opened.push(writer);
    await prepareWriter(writer, settings);
    const reader = file === ':memory:' ? writer : openConnection(file, busyTimeout);
    if (reader !== writer) {
      opened.push(reader);
      enlargeCache(reader);
      reader.setWritable(false);
    }
    const log = await openLog(writer, settings);
    return new SqliteStorage({ writer, reader, busyTimeout, ...(log && { log }) });
  } catch (error) {
    for (const connection of opened) connection.close();
    throw toOpenFault(error, file);
  }
}

function openConnection(file: string, timeout: number): SqliteConnection {
  return new SqliteConnection(new BetterSqlite3(file, { timeout }));
}

/**
 * At most 64 MB of pages a connection. The inner pages of an index of ten million HMACs take some
 * 20 MB: with SQLite's own 2 MB every look-up reads its whole way down again.
 */
function enlargeCache(connection: SqliteConnection): void {
  connection.control('pragma cache_size = -65536');
}

/**
 * 32 MB of log. A checkpoint writes each page once, however often it changed since the last; with
 * SQLite's own 1,000 pages the inner pages of the indexes are written again and again.
 */
const CHECKPOINT_PAGES = 8_000;

// WAL lets readers go on beside the writer. With NORMAL a COMMIT is written and not yet on the disk;
// with `full` the units wait for that, see createLogFlush. https://sqlite.org/pragma.html
async function prepareWriter(writer: SqliteConnection, settings: SqliteSettings): Promise<void> {
  await patiently(settings.busyTimeout, () => writer.control('pragma journal_mode = wal'));
  enlargeCache(writer);
  writer.control(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  writer.control('pragma synchronous = normal');
  writer.control('pragma foreign_keys = on');
  writer.control('pragma secure_delete = on');
}

async function openLog(
  writer: SqliteConnection,
  { file, synchronous }: SqliteSettings,
): Promise<LogFlush | undefined> {
  if (file === ':memory:' || synchronous === 'normal') return undefined;
  // As SQLite resolved it: the log of a linked file lies beside the file itself.
  const list = CompiledQuery.raw('pragma database_list');
  const { rows } = await writer.executeQuery<{ name: string; file: string }>(list);
  const path = rows.find(({ name }) => name === 'main')?.file ?? file;
  return createLogFlush(() => openLogOf(path));
}

// Another process that opens the same new file at this moment locks it for an instant.
async function patiently(timeout: number, step: () => void): Promise<void> {
  for (let waited = 0; ; waited += 10) {
    try {
      step();
      return;
    } catch (error) {
      if (!isBusy(error) || waited >= timeout) throw error;
    }
    await pause(10);
  }
}

function toOpenFault(error: unknown, file: string): unknown {
  const cause = toSqliteFault(error);
  if (isBusy(error)) return cause;
  return new MailwardenError('DATABASE_UNREADABLE', {
    detail: `Its path is ${JSON.stringify(file)}.`,
    cause: error,
  });
}
