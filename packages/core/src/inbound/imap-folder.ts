import type { ImapFlow } from 'imapflow';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { FetchedMessage, FolderCursor } from './inbox.ts';

/** How many sizes are asked for at once. */
const WINDOW = 500;
/** Of how many bytes and messages one FETCH consists; memory holds two of them. */
const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_MESSAGES = 100;

interface Waiting {
  readonly uid: number;
  readonly size: number;
  readonly receivedAt: number;
}

/**
 * Yields what a folder holds beyond `cursor` in order of UID, which is the order of arrival
 * (RFC 9051 §2.3.1.1). Sources are fetched in batches of bounded size with BODY.PEEK. While a batch
 * is being stored the next one is on its way.
 */
export async function* fetchFolder(
  client: ImapFlow,
  folder: string,
  cursor: FolderCursor | undefined,
  maxBytes: number,
): AsyncGenerator<FetchedMessage> {
  // EXAMINE each time: it tells of new mail, and of a folder that was replaced.
  const box = await client.mailboxOpen(folder, { readOnly: true });
  const uidValidity = String(box.uidValidity);
  const lastUid = cursor?.uidValidity === uidValidity ? cursor.lastUid : 0;
  if (box.exists === 0 || lastUid + 1 >= box.uidNext) return;
  const uids = await findNewUids(client, lastUid);
  let next: Promise<FetchedMessage[]> | undefined;
  for (let at = 0; at < uids.length; at += WINDOW) {
    const waiting = await listSizes(client, uids.slice(at, at + WINDOW));
    for (const batch of toBatches(waiting, maxBytes)) {
      const current = next;
      next = fetchBatch(client, { folder, uidValidity, maxBytes }, batch);
      // It is awaited below, or never when the consumer stops.
      next.catch(() => undefined);
      if (current !== undefined) yield* await current;
    }
  }
  if (next !== undefined) yield* await next;
}

async function findNewUids(client: ImapFlow, lastUid: number): Promise<number[]> {
  const found = await client.search({ uid: `${lastUid + 1}:*` }, { uid: true });
  if (!Array.isArray(found)) {
    throw new MailwardenError('INBOX_UNAVAILABLE', { detail: 'SEARCH was refused.' });
  }
  // `n:*` always names the last message, however small its UID (RFC 9051 §9, seq-range).
  return found.filter((uid) => uid > lastUid).sort((a, b) => a - b);
}

async function listSizes(client: ImapFlow, uids: readonly number[]): Promise<Waiting[]> {
  const query = { uid: true, size: true, internalDate: true } as const;
  const found = await client.fetchAll([...uids], query, { uid: true });
  return found
    .map(({ uid, size, internalDate }) => ({
      uid,
      size: size ?? 0,
      receivedAt: new Date(internalDate ?? Number.NaN).getTime(),
    }))
    .sort((a, b) => a.uid - b.uid);
}

function* toBatches(waiting: readonly Waiting[], maxBytes: number): Generator<Waiting[]> {
  let batch: Waiting[] = [];
  let bytes = 0;
  for (const message of waiting) {
    const size = Math.min(message.size, maxBytes);
    if (batch.length === BATCH_MESSAGES || (batch.length > 0 && bytes + size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(message);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

interface FetchTarget {
  readonly folder: string;
  readonly uidValidity: string;
  readonly maxBytes: number;
}

/** Messages that vanished meanwhile are left out; the rest comes in order of UID. */
async function fetchBatch(
  client: ImapFlow,
  { folder, uidValidity, maxBytes }: FetchTarget,
  batch: readonly Waiting[],
): Promise<FetchedMessage[]> {
  // The limit is asked of the server: RFC822.SIZE is only what it claims.
  const query = { uid: true, source: { maxLength: maxBytes } };
  const uids = batch.map(({ uid }) => uid);
  const sources = new Map<number, Uint8Array>();
  for (const { uid, source } of await client.fetchAll(uids, query, { uid: true })) {
    if (source !== undefined) sources.set(uid, source);
  }
  return batch.flatMap(({ uid, size, receivedAt }) => {
    const raw = sources.get(uid);
    if (raw === undefined) return [];
    const cut = size > maxBytes && raw.byteLength >= maxBytes;
    return [{ folder, uidValidity, uid, raw, receivedAt, ...(cut ? { cut } : {}) }];
  });
}
