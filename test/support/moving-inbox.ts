import type { Inbox } from '@mailwarden/core';

/** An inbox whose mail a test puts in, and whose numbering it may start afresh. */
export interface MovingInbox extends Inbox {
  /** Lies on the server until the end; `receivedAt` is its INTERNALDATE, epoch ms. */
  put(raw: string, receivedAt: number): void;
  /** Gives every message a new UID under a new UIDVALIDITY, as a server does after a repair. */
  renumber(): void;
}

/** Makes one that keeps the port's contract. */
export function createMovingInbox(): MovingInbox {
  const messages: { readonly raw: Uint8Array; readonly receivedAt: number }[] = [];
  let validity = 1;
  return {
    pollInterval: 60_000,
    put(raw, receivedAt) {
      messages.push({ raw: Buffer.from(raw.replace(/\r?\n/g, '\r\n')), receivedAt });
    },
    renumber() {
      validity += 1;
    },
    async sync({ cursor, store }) {
      const known = await cursor('INBOX');
      const uidValidity = String(validity);
      const last = known?.uidValidity === uidValidity ? known.lastUid : 0;
      for (const [index, { raw, receivedAt }] of messages.entries()) {
        const uid = index + 1;
        if (uid > last) await store([{ folder: 'INBOX', uidValidity, uid, raw, receivedAt }]);
      }
      return messages.length - last;
    },
    async keepCopy({ load }) {
      return (await load()) === undefined ? 'unwanted' : 'stored';
    },
    close: () => Promise.resolve(),
  };
}
