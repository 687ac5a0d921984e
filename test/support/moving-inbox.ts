import type { FetchedMessage, Inbox } from '@mailwarden/core';

/** An inbox whose mail a test puts in, and whose numbering it may start afresh. */
export interface MovingInbox extends Inbox {
  /** Lies on the server until the end; `receivedAt` is its INTERNALDATE, epoch ms; `sent` is mail of ours. */
  put(raw: string, receivedAt: number, where?: { readonly sent?: true }): void;
  /** Gives every message a new UID under a new UIDVALIDITY, as a server does after a repair. */
  renumber(): void;
}

/** Makes one that keeps the port's contract. */
export function createMovingInbox(): MovingInbox {
  const messages: Pick<FetchedMessage, 'raw' | 'receivedAt' | 'sent'>[] = [];
  let validity = 1;
  return {
    pollInterval: 60_000,
    put(raw, receivedAt, where = {}) {
      messages.push({ raw: Buffer.from(raw.replace(/\r?\n/g, '\r\n')), receivedAt, ...where });
    },
    renumber() {
      validity += 1;
    },
    async sync({ cursor, store }) {
      const known = await cursor('INBOX');
      const uidValidity = String(validity);
      const last = known?.uidValidity === uidValidity ? known.lastUid : 0;
      for (const [index, message] of messages.entries()) {
        const uid = index + 1;
        if (uid > last) await store([{ folder: 'INBOX', uidValidity, uid, ...message }]);
      }
      return messages.length - last;
    },
    async keepCopy({ load }) {
      return (await load()) === undefined ? 'unwanted' : 'stored';
    },
    close: () => Promise.resolve(),
  };
}
