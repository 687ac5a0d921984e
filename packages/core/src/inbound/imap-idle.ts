import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import type { ImapConnection } from './imap-connection.ts';

/** What is waited for. */
export interface Watch {
  readonly folder: string;
  /** UIDNEXT as of the last sync; what differs from it is news already. */
  readonly seen: number | undefined;
  readonly signal: AbortSignal;
}

/** A connection that ended is opened again after this long, ms: a server may end each of them. */
const REOPEN_PAUSE = 1_000;

/**
 * Resolves when a server that pushes (IDLE, RFC 2177) tells of mail in a folder, soon after the
 * connection ended, or when the signal says so; with another server only then. Never throws: the
 * next sync meets the fault, too.
 */
export async function untilNews(connection: ImapConnection, watch: Watch): Promise<void> {
  const { signal } = watch;
  if (signal.aborted) return;
  const over = once(signal, 'abort').then(() => undefined);
  const state = await connection.takeTurn(() => look(connection, watch)).catch(() => 'lost');
  if (state === 'news') return;
  if (state === 'deaf') return over;
  const { live } = connection;
  if (live !== undefined && state === 'quiet' && (await untilPushed(live, over))) return;
  await delay(REOPEN_PAUSE, undefined, { signal, ref: false }).catch(() => undefined);
}

/** Opens the folder that is watched: others were read after it. */
async function look(
  { live }: ImapConnection,
  { folder, seen }: Watch,
): Promise<'lost' | 'deaf' | 'news' | 'quiet'> {
  if (live === undefined) return 'lost';
  if (!live.capabilities.has('IDLE')) return 'deaf';
  const { uidNext } = await live.mailboxOpen(folder, { readOnly: true });
  return uidNext === seen ? 'quiet' : 'news';
}

/** Whether it ended with news or with the signal, and not with the connection. */
async function untilPushed(client: ImapFlow, over: Promise<void>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const onNews = (): void => resolve(true);
  const onClose = (): void => resolve(false);
  client.on('exists', onNews);
  client.on('close', onClose);
  // Ends with the next command on this connection; one that the server ends says nothing.
  client.idle().catch(() => undefined);
  const isLive = await Promise.race([promise, over.then(() => true)]);
  client.off('exists', onNews);
  client.off('close', onClose);
  return isLive;
}
