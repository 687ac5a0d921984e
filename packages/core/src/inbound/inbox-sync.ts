import { setTimeout as delay } from 'node:timers/promises';
import type { Context, Mailbox } from '../context.ts';
import { syncInbox } from './sync-inbox.ts';

/** Keeps storage up with the IMAP servers: as a loop per mailbox, or one pass at a time. */
export interface InboxSync {
  run(): void;
  /** Syncs every mailbox once; a server that does not answer is reported. Returns messages stored. */
  pass(): Promise<number>;
  stop(): Promise<void>;
}

/** Makes the sync of all mailboxes that have an inbox. */
export function createInboxSync(ctx: Context): InboxSync {
  const mailboxes = [...ctx.mailboxes.values()].filter((mailbox) => mailbox.inbox !== undefined);
  const stop = new AbortController();
  const turns = new Map<string, Promise<number>>();
  let loops: Promise<void>[] = [];

  function sync(mailbox: Mailbox): Promise<number> {
    const running = turns.get(mailbox.address);
    if (running !== undefined) return running;
    const turn = syncInbox(ctx, mailbox, stop.signal)
      .catch((error: unknown) => {
        ctx.report(error);
        return 0;
      })
      .finally(() => turns.delete(mailbox.address));
    turns.set(mailbox.address, turn);
    return turn;
  }

  async function loop(mailbox: Mailbox): Promise<void> {
    while (!stop.signal.aborted) {
      await sync(mailbox);
      const wait = mailbox.inbox?.pollInterval ?? 30_000;
      await delay(wait, undefined, { signal: stop.signal, ref: false }).catch(() => {});
    }
  }

  return {
    run() {
      loops = mailboxes.map(loop);
    },
    async pass() {
      const counts = await Promise.all(mailboxes.map(sync));
      return counts.reduce((total, count) => total + count, 0);
    },
    async stop() {
      stop.abort();
      await Promise.all([...loops, ...turns.values()]);
    },
  };
}
