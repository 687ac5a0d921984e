import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { FetchedMessage, FolderCursor } from './inbox.ts';

/** Of how many bytes and messages one FETCH consists; memory holds two of them. */
const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_MESSAGES = 200;
/** As many as a batch may have of this size, in bytes, are no more than a batch. */
const SMALL = Math.floor(BATCH_BYTES / BATCH_MESSAGES);
/** How many messages are looked at for their sizes at once: some servers read each for it. */
const WINDOW = 2_000;

interface Waiting {
  readonly uid: number;
  /** At most so many bytes. */
  readonly size: number;
}

/** What to fetch. */
export interface FolderRequest {
  readonly folder: string;
  /** It is the folder of sent mail. */
  readonly sent: boolean;
  readonly cursor: FolderCursor | undefined;
  readonly maxMessageBytes: number;
  /** Told UIDNEXT before anything is fetched. */
  readonly onOpen: (uidNext: number) => void;
  /** Told how many messages there are to fetch. */
  readonly onFound: (count: number) => void;
  /** Told of a batch when it is there, which may be before it is asked for. */
  readonly onFetched: (messages: readonly FetchedMessage[]) => void;
}

/**
 * Yields what a folder holds beyond `cursor` in order of UID, which is the order of arrival
 * (RFC 9051 §2.3.1.1), in batches of bounded size. Sources are fetched with BODY.PEEK. While a batch
 * is being stored the next one is on its way, but not beside a message that is a batch by itself.
 */
export async function* fetchFolder(
  client: ImapFlow,
  { folder, sent, cursor, maxMessageBytes: maxBytes, onOpen, onFound, onFetched }: FolderRequest,
): AsyncGenerator<readonly FetchedMessage[]> {
  // EXAMINE each time: it tells of new mail, and of a folder that was replaced.
  const box = await client.mailboxOpen(folder, { readOnly: true });
  onOpen(box.uidNext);
  const uidValidity = String(box.uidValidity);
  const lastUid = cursor?.uidValidity === uidValidity ? cursor.lastUid : 0;
  if (box.exists === 0 || lastUid + 1 >= box.uidNext) return;
  const uids = await findNewUids(client, lastUid);
  onFound(uids.length);
  const limit = Math.min(SMALL, maxBytes);
  let next: Promise<Fetched[]> | undefined;
  let sizes = listLargeSizes(client, uids.slice(0, WINDOW), limit);
  for (let at = 0; at < uids.length; at += WINDOW) {
    const large = await sizes;
    // Asked for before the messages of this window, so that nothing waits where the next one begins.
    sizes = listLargeSizes(client, uids.slice(at + WINDOW, at + 2 * WINDOW), limit);
    sizes.catch(() => undefined);
    const window = uids.slice(at, at + WINDOW);
    const waiting = window.map((uid) => ({ uid, size: large.get(uid) ?? limit }));
    for (const batch of toBatches(waiting, maxBytes)) {
      if (next !== undefined && isLarge(batch)) {
        yield* complete(await next);
        next = undefined;
      }
      const current = next;
      next = fetchBatch(client, { folder, sent, uidValidity, maxBytes }, batch).then((messages) => {
        onFetched(messages);
        return messages;
      });
      // It is awaited below, or never when the consumer stops.
      next.catch(() => undefined);
      if (current !== undefined) yield* complete(await current);
    }
  }
  if (next !== undefined) yield* complete(await next);
}

async function findNewUids(client: ImapFlow, lastUid: number): Promise<number[]> {
  const found = await client.search({ uid: `${lastUid + 1}:*` }, { uid: true });
  if (!Array.isArray(found)) {
    throw new MailwardenError('INBOX_UNAVAILABLE', { detail: 'SEARCH was refused.' });
  }
  // `n:*` always names the last message, however small its UID (RFC 9051 §9, seq-range).
  return found.filter((uid) => uid > lastUid).sort((a, b) => a - b);
}

/**
 * The sizes of those that are larger than `limit`. The server says which they are (RFC 9051 §6.4.4,
 * LARGER), because to ask each message for its size takes half as long as to fetch it.
 */
async function listLargeSizes(
  client: ImapFlow,
  uids: readonly number[],
  limit: number,
): Promise<ReadonlyMap<number, number>> {
  const sizes = new Map<number, number>();
  if (uids.length === 0) return sizes;
  const query = { uid: `${uids[0]}:${uids.at(-1)}`, larger: limit };
  const found = await client.search(query, { uid: true });
  const large = new Set(Array.isArray(found) ? found : uids);
  const asked = uids.filter((uid) => large.has(uid));
  if (asked.length === 0) return sizes;
  const rows = await client.fetchAll(asked, { uid: true, size: true }, { uid: true });
  for (const { uid, size = 0 } of rows) sizes.set(uid, size);
  return sizes;
}

/** Two such at once would be what a process can hold. */
function isLarge([first]: readonly Waiting[]): boolean {
  return first !== undefined && first.size > BATCH_BYTES;
}

function* toBatches(waiting: readonly Waiting[], maxBytes: number): Generator<Waiting[]> {
  let batch: Waiting[] = [];
  let bytes = 0;
  for (const message of waiting) {
    const tooLong = message.size > maxBytes;
    const full = batch.length === BATCH_MESSAGES || bytes + message.size > BATCH_BYTES;
    if (batch.length > 0 && (full || tooLong)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    if (tooLong) yield [message];
    else {
      batch.push(message);
      bytes += message.size;
    }
  }
  if (batch.length > 0) yield batch;
}

/** A message as the server gave it, or did not give it. */
interface Fetched extends FetchedMessage {
  readonly withheld: boolean;
}

interface FetchTarget {
  readonly folder: string;
  readonly sent: boolean;
  readonly uidValidity: string;
  readonly maxBytes: number;
}

/** Messages that vanished meanwhile are left out; the rest comes in order of UID. */
async function fetchBatch(
  client: ImapFlow,
  { folder, sent, uidValidity, maxBytes }: FetchTarget,
  batch: readonly Waiting[],
): Promise<Fetched[]> {
  // Not every server answers a partial FETCH, so it is asked only where it is needed.
  const cut = batch.some(({ size }) => size > maxBytes);
  const source = cut ? { maxLength: maxBytes } : true;
  const uids = batch.map(({ uid }) => uid);
  const query = { uid: true, size: true, internalDate: true, source } as const;
  // A server may tell of one message in several answers, and of others unasked.
  const found = new Map<number, Partial<FetchMessageObject>>();
  for (const row of await client.fetchAll(uids, query, { uid: true })) {
    found.set(row.uid, { ...found.get(row.uid), ...row });
  }
  return batch.flatMap(({ uid, size: atMost }) => {
    const row = found.get(uid);
    if (row === undefined) return [];
    const { internalDate, size = atMost, source: raw = new Uint8Array() } = row;
    const withheld = raw.byteLength === 0 && size > 0;
    const receivedAt = new Date(internalDate ?? Number.NaN).getTime();
    const marks = { ...(cut ? { cut } : {}), ...(sent ? { sent } : {}) };
    return [{ folder, uidValidity, uid, raw, receivedAt, withheld, ...marks }];
  });
}

/** A batch up to a message that the server withheld: to pass over it would lose it. */
function* complete(batch: readonly Fetched[]): Generator<readonly FetchedMessage[]> {
  const missing = batch.findIndex(({ withheld }) => withheld);
  const there = missing < 0 ? batch : batch.slice(0, missing);
  if (there.length > 0) yield there.map(({ withheld: _, ...message }) => message);
  const lost = batch[missing];
  if (lost === undefined) return;
  const { folder, uid } = lost;
  throw new MailwardenError('INBOX_UNAVAILABLE', {
    detail: `The server gave no content of message ${uid} in ${JSON.stringify(folder)}.`,
    fields: { folder, uid },
  });
}
