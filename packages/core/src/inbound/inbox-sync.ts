import { setTimeout as delay } from 'node:timers/promises';
import type { Context, Mailbox } from '../context.ts';
import { copySent } from '../sent-copies/copy-sent.ts';
import { syncInbox } from './sync-inbox.ts';

/** Keeps storage up with the IMAP servers: as a loop per mailbox, or one pass at a time. */
export interface InboxSync {
  run(): void;
  /** Syncs every mailbox once; a server that does not answer is reported. Returns messages stored. */
  pass(): Promise<number>;
  stop(): Promise<void>;
}

/** Longest pause before a server that failed is tried again, ms. */
const MAX_PAUSE = 5 * 60_000;
/** First pause, ms; it doubles with each failure. */
const FIRST_PAUSE = 1_000;

/** Makes the sync of all mailboxes that have an inbox. */
export function createInboxSync(ctx: Context): InboxSync {
  const mailboxes = [...ctx.mailboxes.values()].filter((mailbox) => mailbox.inbox !== undefined);
  const stop = new AbortController();
  const turns = new Map<string, Promise<number | undefined>>();
  let loops: Promise<void>[] = [];

  /** How many messages came; `undefined` after a fault, which is reported. */
  function sync(mailbox: Mailbox): Promise<number | undefined> {
    const running = turns.get(mailbox.address);
    if (running !== undefined) return running;
    const turn = syncAndCopy(ctx, mailbox, stop.signal)
      .catch((error: unknown) => {
        ctx.report(error);
        return undefined;
      })
      .finally(() => turns.delete(mailbox.address));
    turns.set(mailbox.address, turn);
    return turn;
  }

  async function loop(mailbox: Mailbox): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      failures = (await sync(mailbox)) === undefined ? failures + 1 : 0;
      await (failures === 0 ? untilNews(mailbox) : pause(toPause(failures)));
    }
  }

  async function untilNews({ inbox }: Mailbox): Promise<void> {
    if (stop.signal.aborted) return;
    await (inbox?.wait?.(stop.signal) ?? pause(inbox?.pollInterval ?? 30_000));
  }

  function pause(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: stop.signal, ref: false }).catch(() => {});
  }

  return {
    run() {
      loops = mailboxes.map(loop);
    },
    async pass() {
      const counts = await Promise.all(mailboxes.map(sync));
      return counts.reduce<number>((total, count = 0) => total + count, 0);
    },
    async stop() {
      stop.abort();
      await Promise.all([...loops, ...turns.values()]);
    },
  };
}

/** Mail that comes in goes first; a fault in copying what went out keeps none of it waiting. */
async function syncAndCopy(ctx: Context, mailbox: Mailbox, signal: AbortSignal): Promise<number> {
  let stored = await syncInbox(ctx, mailbox, signal);
  while (await copySent(ctx, mailbox, signal)) stored += await syncInbox(ctx, mailbox, signal);
  return stored;
}

/** Doubles, and is different for each, so that not all come back to a server at once. */
function toPause(failures: number): number {
  const most = Math.min(MAX_PAUSE, FIRST_PAUSE * 2 ** Math.min(failures - 1, 20));
  return most * (0.5 + Math.random() / 2);
}
