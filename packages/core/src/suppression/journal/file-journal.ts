import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { SuppressionJournal } from './suppression-journal.ts';

/**
 * A suppression journal in a file, which should be on another disk than the database and in another
 * backup. Made on first use, readable by its owner only; each append is one write and one fsync.
 * Throws `JOURNAL_UNAVAILABLE`.
 *
 * @example
 * ```ts
 * import { fileJournal } from '@mailwarden/core';
 *
 * export const suppressionJournal = fileJournal('/var/lib/acme-journal/suppressions.log');
 * ```
 */
export function fileJournal(path: string): SuppressionJournal {
  let opening: Promise<FileHandle> | undefined;

  async function write(text: string): Promise<void> {
    opening ??= openForAppend(path);
    const handle = await opening;
    await handle.appendFile(text);
    await handle.sync();
  }

  return {
    read: () => read(path),
    async append(text) {
      try {
        await write(text);
      } catch (error) {
        opening = undefined;
        throw unavailable(error);
      }
    },
    async close() {
      const handle = await opening?.catch(() => undefined);
      opening = undefined;
      await handle?.close();
    },
  };
}

async function* read(path: string): AsyncGenerator<string> {
  try {
    for await (const chunk of createReadStream(path, 'utf8')) yield String(chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unavailable(error);
  }
}

async function openForAppend(path: string): Promise<FileHandle> {
  const handle = await open(path, 'a', 0o600);
  // The name of a new file is in its directory, which has a cache of its own.
  const directory = await open(dirname(path), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
  return handle;
}

function unavailable(cause: unknown): MailwardenError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  return new MailwardenError('JOURNAL_UNAVAILABLE', { detail: `It answered ${code}.`, cause });
}
