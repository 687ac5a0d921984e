import type { FetchedMessage, Inbox } from '@mailwarden/core';

/** An inbox that gives what a test puts into it. */
export interface FeedInbox extends Inbox {
  /** The next sync fetches it. */
  put(raw: string): void;
}

const FOLDER = { folder: 'INBOX', uidValidity: '1' } as const;

/** Makes a {@link FeedInbox}: the port's own contract, without a server. */
export function createFeedInbox(): FeedInbox {
  const messages: FetchedMessage[] = [];
  return {
    pollInterval: 60_000,
    put(raw) {
      const bytes = new TextEncoder().encode(raw.replace(/\r?\n/g, '\r\n'));
      messages.push({ ...FOLDER, uid: messages.length + 1, raw: bytes, receivedAt: Number.NaN });
    },
    async sync({ cursor, store }) {
      const last = (await cursor(FOLDER.folder))?.lastUid ?? 0;
      const fresh = messages.filter(({ uid }) => uid > last);
      if (fresh.length > 0) await store(fresh);
      return fresh.length;
    },
    close: () => Promise.resolve(),
  };
}
