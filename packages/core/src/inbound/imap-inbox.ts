import { setTimeout as delay } from 'node:timers/promises';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { ImapConnection } from './imap-connection.ts';
import { type FolderRequest, fetchFolder } from './imap-folder.ts';
import { untilNews } from './imap-idle.ts';
import { type ImapOptions, resolveImapOptions } from './imap-options.ts';
import type { FetchedMessage, Inbox, InboxSyncRequest } from './inbox.ts';

/**
 * Reads a mailbox over IMAP: at once where the server pushes (IDLE), else by polling. It changes
 * nothing on the server: folders are opened read-only and `\Seen` stays as it is. Takes options or a
 * URL `imaps://user:password@host`. Throws `OPTION_INVALID` or `OPTION_UNKNOWN`.
 *
 * @example
 * ```ts
 * import { imap } from '@mailwarden/core/imap';
 *
 * export const inbox = imap({
 *   host: 'imap.acme.example',
 *   auth: { user: 'lifecycle@acme.example', pass: process.env.IMAP_PASSWORD },
 * });
 * ```
 */
export function imap(options: ImapOptions | string): Inbox {
  const resolved = resolveImapOptions(options);
  const { folders, maxMessageBytes, pollInterval } = resolved;
  const connection = new ImapConnection(resolved);
  const [watched = 'INBOX'] = folders;
  // UIDNEXT of the folder that is watched, as of the last sync.
  let seen: number | undefined;

  const syncNow = async (request: InboxSyncRequest): Promise<number> => {
    let stored = 0;
    for (const folder of folders) {
      const cursor = await request.cursor(folder);
      const onOpen = (uidNext: number): void => {
        if (folder === watched) seen = uidNext;
      };
      const batches = readFolder(connection, { folder, cursor, maxMessageBytes, onOpen });
      for await (const messages of batches) {
        if (connection.isClosed || request.signal?.aborted === true) return stored;
        await request.store(messages);
        stored += messages.length;
      }
    }
    return stored;
  };

  return {
    pollInterval,
    sync(request) {
      if (connection.isClosed) return Promise.reject(new MailwardenError('STOPPED'));
      return connection.takeTurn(() => syncNow(request));
    },
    async wait(signal) {
      const enough = new AbortController();
      const over = AbortSignal.any([signal, enough.signal]);
      const poll = delay(pollInterval, undefined, { signal: over, ref: false }).catch(() => {});
      await Promise.race([poll, untilNews(connection, { folder: watched, seen, signal: over })]);
      enough.abort();
    },
    close: () => connection.close(),
  };
}

/** Lets faults of the server through as `INBOX_UNAVAILABLE` and drops the connection. */
async function* readFolder(
  connection: ImapConnection,
  request: FolderRequest,
): AsyncGenerator<readonly FetchedMessage[]> {
  try {
    // The consumer's faults do not pass through here: a generator is only told to return.
    yield* fetchFolder(await connection.open(), request);
  } catch (error) {
    throw connection.drop(error, request.folder);
  }
}
