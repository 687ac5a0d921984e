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

/** What to fetch. */
export interface FolderRequest {
  readonly folder: string;
  readonly cursor: FolderCursor | undefined;
  readonly maxMessageBytes: number;
  /** Told UIDNEXT before anything is fetched. */
  readonly onOpen: (uidNext: number) => void;
}

/**
 * Yields what a folder holds beyond `cursor` in order of UID, which is the order of arrival
 * (RFC 9051 §2.3.1.1), in batches of bounded size. Sources are fetched with BODY.PEEK. While a batch
 * is being stored the next one is on its way.
 */
export async function* fetchFolder(
  client: ImapFlow,
  { folder, cursor, maxMessageBytes: maxBytes, onOpen }: FolderRequest,
): AsyncGenerator<readonly FetchedMessage[]> {
  // EXAMINE each time: it tells of new mail, and of a folder that was replaced.
  const box = await client.mailboxOpen(folder, { readOnly: true });
  onOpen(box.uidNext);
  const uidValidity = String(box.uidValidity);
  const lastUid = cursor?.uidValidity === uidValidity ? cursor.lastUid : 0;
  if (box.exists === 0 || lastUid + 1 >= box.uidNext) return;
  const uids = await findNewUids(client, lastUid);
  let next: Promise<Fetched[]> | undefined;
  for (let at = 0; at < uids.length; at += WINDOW) {
    const waiting = await listSizes(client, uids.slice(at, at + WINDOW));
    for (const batch of toBatches(waiting, maxBytes)) {
      const current = next;
      next = fetchBatch(client, { folder, uidValidity, maxBytes }, batch);
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
  readonly uidValidity: string;
  readonly maxBytes: number;
}

/** Messages that vanished meanwhile are left out; the rest comes in order of UID. */
async function fetchBatch(
  client: ImapFlow,
  { folder, uidValidity, maxBytes }: FetchTarget,
  batch: readonly Waiting[],
): Promise<Fetched[]> {
  // Not every server answers a partial FETCH, so it is asked only where it is needed.
  const cut = batch.some(({ size }) => size > maxBytes);
  const source = cut ? { maxLength: maxBytes } : true;
  const uids = batch.map(({ uid }) => uid);
  const rows = await client.fetchAll(uids, { uid: true, source }, { uid: true });
  const sources = new Map(rows.map((row) => [row.uid, row.source]));
  return batch.flatMap(({ uid, size, receivedAt }) => {
    if (!sources.has(uid)) return [];
    const raw = sources.get(uid) ?? new Uint8Array();
    const withheld = raw.byteLength === 0 && size > 0;
    return [{ folder, uidValidity, uid, raw, receivedAt, withheld, ...(cut ? { cut } : {}) }];
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
