import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MailwardenError } from '../errors/mailwarden-error.ts';

/** Waits until the disk has what was committed. */
export interface LogFlush {
  /**
   * Resolves when all that was committed before the call is on the disk. Rejects with
   * `STORAGE_UNAVAILABLE` when the disk refuses, and from then on always: what a kernel could not
   * write it forgets, so that a second attempt proves nothing.
   */
  readonly flush: () => Promise<void>;
  /** Throws when the disk has refused. */
  readonly assertSound: () => void;
  readonly close: () => Promise<void>;
}

/** The part of a file that is used here. */
export type Syncable = Pick<FileHandle, 'datasync' | 'close'>;

/**
 * Flushes SQLite's write-ahead log in a thread of the pool, so that neither the event loop nor the
 * next transaction waits for the disk. One flush runs at a time; all who come meanwhile share the next.
 */
export function createLogFlush(openLog: () => Promise<Syncable>): LogFlush {
  let log: Promise<Syncable> | undefined;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let fault: MailwardenError | undefined;

  async function after(before: Promise<void>): Promise<void> {
    await before;
    running = next as Promise<void>;
    next = undefined;
    try {
      log ??= openLog();
      await (await log).datasync();
    } catch (cause) {
      fault = new MailwardenError('STORAGE_UNAVAILABLE', {
        detail: 'The disk did not take what was written; start the process again to go on.',
        cause,
      });
      throw fault;
    }
  }

  return {
    // One that runs may have begun before the caller's transaction was written.
    flush: () => {
      next ??= after(running);
      return next;
    },
    assertSound() {
      if (fault !== undefined) throw fault;
    },
    async close() {
      await (next ?? running).catch(() => {});
      await (await log?.catch(() => undefined))?.close();
    },
  };
}

/** The log beside a database file, and its entry in the directory. */
export async function openLogOf(file: string): Promise<Syncable> {
  // Windows flushes only what may be written, and no directories.
  if (process.platform === 'win32') return open(`${file}-wal`, 'r+');
  const directory = await open(dirname(file), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
  return open(`${file}-wal`, 'r');
}
