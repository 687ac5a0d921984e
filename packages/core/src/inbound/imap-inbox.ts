import { setTimeout as delay } from 'node:timers/promises';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { ImapConnection } from './imap-connection.ts';
import { keepImapCopy } from './imap-copy.ts';
import { type FolderRequest, fetchFolder } from './imap-folder.ts';
import { untilNews } from './imap-idle.ts';
import { type ImapOptions, type ResolvedImapOptions, resolveImapOptions } from './imap-options.ts';
import type { FetchedMessage, Inbox, InboxSyncRequest } from './inbox.ts';

/**
 * Reads a mailbox over IMAP: at once where the server pushes (IDLE), else by polling. It changes
 * nothing on the server but that copies of our own mail come into the Sent folder: the others are
 * opened read-only and `\Seen` stays as it is. Takes options or a
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
    // The mail that people answered comes before their answers.
    for await (const { folder, sent } of listFolders(connection, resolved)) {
      const cursor = await request.cursor(folder);
      const onOpen = (uidNext: number): void => {
        if (folder === watched) seen = uidNext;
      };
      let left = 0;
      const onFound = (count: number): void => {
        left = count;
      };
      const onFetched = (messages: readonly FetchedMessage[]): void => request.expect?.(messages);
      const wanted = { folder, sent, cursor, maxMessageBytes, onOpen, onFound, onFetched };
      for await (const messages of readFolder(connection, wanted)) {
        if (connection.isClosed || request.signal?.aborted === true) return stored;
        left -= messages.length;
        await request.store(messages, left);
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
    keepCopy(copy) {
      if (connection.isClosed) return Promise.reject(new MailwardenError('STOPPED'));
      return connection.takeTurn(async () => {
        try {
          return await keepImapCopy(connection, resolved.sent, copy);
        } catch (error) {
          throw connection.fail(error);
        }
      });
    },
    close: () => connection.close(),
  };
}

async function* listFolders(
  connection: ImapConnection,
  { folders, sent: given }: ResolvedImapOptions,
): AsyncGenerator<{ readonly folder: string; readonly sent: boolean }> {
  for (const folder of folders) yield { folder, sent: folder === given };
  const sent = given ?? (await findSent(connection));
  if (typeof sent === 'string' && !folders.includes(sent)) yield { folder: sent, sent: true };
}

async function findSent(connection: ImapConnection): Promise<string | undefined> {
  try {
    return await connection.findSentFolder();
  } catch (error) {
    throw connection.drop(error);
  }
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
