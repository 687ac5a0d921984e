import { ImapFlow } from 'imapflow';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toInboxError } from './imap-error.ts';
import { fetchFolder } from './imap-folder.ts';
import { type ImapOptions, type ResolvedImapOptions, resolveImapOptions } from './imap-options.ts';
import type { Inbox, InboxSyncRequest } from './inbox.ts';

/**
 * Reads a mailbox over IMAP by polling. It changes nothing on the server: folders are opened
 * read-only and `\Seen` stays as it is. Takes options or a URL `imaps://user:password@host`.
 * Throws `OPTION_INVALID` or `OPTION_UNKNOWN`.
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
  let client: ImapFlow | undefined;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  const connection = async (): Promise<ImapFlow> => {
    if (client?.usable === true) return client;
    client?.close();
    client = await connect(resolved);
    return client;
  };

  const syncNow = async (request: InboxSyncRequest): Promise<number> => {
    let stored = 0;
    for (const folder of resolved.folders) {
      const cursor = await request.cursor(folder);
      const batches = guarded(folder, async () =>
        fetchFolder(await connection(), folder, cursor, resolved.maxMessageBytes),
      );
      for await (const messages of batches) {
        if (closed || request.signal?.aborted === true) return stored;
        await request.store(messages);
        stored += messages.length;
      }
    }
    return stored;
  };

  /** Lets faults of the server through as `INBOX_UNAVAILABLE` and drops the connection. */
  async function* guarded<T>(
    folder: string,
    open: () => Promise<AsyncIterable<T>>,
  ): AsyncGenerator<T> {
    try {
      // The consumer's faults do not pass through here: a generator is only told to return.
      yield* await open();
    } catch (error) {
      client?.close();
      client = undefined;
      throw toInboxError(error, resolved, folder);
    }
  }

  return {
    pollInterval: resolved.pollInterval,
    sync(request) {
      if (closed) return Promise.reject(new MailwardenError('STOPPED'));
      // One connection has one folder open, so two syncs take turns.
      const run = last.then(() => syncNow(request));
      last = run.catch(() => undefined);
      return run;
    },
    async close() {
      closed = true;
      await last;
      await client?.logout().catch(() => undefined);
      client?.close();
      client = undefined;
    },
  };
}

async function connect(options: ResolvedImapOptions): Promise<ImapFlow> {
  const { host, port, secure, timeout } = options;
  const { ca, ...tls } = options.tls;
  const client = new ImapFlow({
    host,
    port,
    secure,
    ...(!secure && options.requireTls ? { doSTARTTLS: true } : {}),
    tls: {
      // Where encryption is not required, one that proves nothing still beats none (RFC 7435).
      rejectUnauthorized: secure || options.requireTls,
      ...tls,
      ...(ca === undefined ? {} : { ca: [ca].flat() }),
    },
    auth: { user: options.user, pass: options.pass },
    clientInfo: { name: 'Mailwarden' },
    disableAutoIdle: true,
    logger: false,
    // A server that announces less than it sends must not fill the memory.
    maxLiteralSize: options.maxMessageBytes + 1024 * 1024,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    // The connection is silent between two polls; only what lasts longer is a fault.
    socketTimeout: timeout + options.pollInterval,
  });
  // Without a listener an 'error' event ends the process; the fault itself reaches the next command.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}
