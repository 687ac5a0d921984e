import type { Context, Mailbox } from '../context.ts';
import { observeIngest } from '../telemetry/observe-ingest.ts';
import { advanceFolder } from './advance-folder.ts';
import type { Addressee } from './find-addressee.ts';
import type { FolderCursor } from './inbox.ts';
import { type ParseAsideOptions, parseAside } from './parse-aside/parse-aside.ts';
import type { Incoming } from './plan-batch.ts';
import { splitByAddressee } from './split-by-addressee.ts';
import { storeBatch } from './store-batch.ts';

/** How a message came. */
export interface IngestOptions {
  /** When the server took it, epoch ms. @default now */
  readonly receivedAt?: number;
  /** Keep it from agents until a person releases it. */
  readonly quarantine: boolean;
  /** Where it lies on the server; the folder's cursor moves with the message. */
  readonly folder?: FolderCursor;
  /** It lies in the mailbox's Sent folder: one of ours, or what a person sent from there. */
  readonly sent?: boolean;
  /** Only the beginning of the message was fetched. */
  readonly cut?: boolean;
  /** Why it is no agent's. */
  readonly unclaimed?: NonNullable<Addressee['unclaimed']>;
}

/** A message from outside. */
export interface GivenMessage {
  readonly raw: Uint8Array | string;
  readonly options: IngestOptions;
}

/** What became of it. */
export interface IngestResult {
  readonly messageId: string;
  /** It was here before; nothing was stored but the folder's cursor. */
  readonly duplicate: boolean;
}

/**
 * Stores one message from outside with everything that follows from it, in one transaction: the
 * same bytes are stored once per mailbox, and our own mail that comes back is not stored again.
 * Any bytes will do. Throws `STORAGE_UNAVAILABLE`; nothing was stored then.
 */
export async function ingest(
  ctx: Context,
  mailbox: Mailbox,
  raw: Uint8Array | string,
  options: IngestOptions,
): Promise<IngestResult> {
  const [result] = await ingestTogether(ctx, mailbox, [{ raw, options }]);
  return result ?? { messageId: '', duplicate: true };
}

/**
 * The same for several in the order in which they came: all of them or none, of each mailbox of a
 * login that has several. Parsing is done before the transaction begins.
 */
export function ingestTogether(
  ctx: Context,
  mailbox: Mailbox,
  messages: readonly GivenMessage[],
): Promise<readonly IngestResult[]> {
  return observeIngest(ctx, messages.length, () => storeParsed(ctx, mailbox, messages));
}

async function storeParsed(
  ctx: Context,
  mailbox: Mailbox,
  messages: readonly GivenMessage[],
): Promise<readonly IngestResult[]> {
  const given = messages.map(({ raw, options }) => ({
    bytes: typeof raw === 'string' ? Buffer.from(raw) : raw,
    options,
  }));
  parseAhead(
    ctx,
    given.map(({ bytes }) => bytes),
  );
  const incoming: Incoming[] = [];
  for (const one of given) {
    incoming.push({ ...one, parsed: await parseAside.parse(one.bytes, parsing(ctx)) });
  }
  const results: IngestResult[] = [];
  const batches = await splitByAddressee(ctx, mailbox, incoming);
  for (const batch of batches) {
    // With the last one: what a crash leaves out comes again, and what is here by then is known.
    const cursors = batch === batches.at(-1) ? lastCursors(incoming) : [];
    const stored = await ctx.storage.unit(async (tx) => {
      for (const cursor of cursors) await advanceFolder(tx, ctx, mailbox, cursor);
      return storeBatch(tx, ctx, batch.mailbox, batch.incoming);
    });
    if (stored.suppressed) await ctx.journal?.flush().catch(ctx.report);
    for (const [at, result] of stored.results.entries()) results[batch.places[at] ?? at] = result;
  }
  return results;
}

/** Has messages parsed that will be stored in a while. */
export function parseAhead(ctx: Context, raws: readonly Uint8Array[]): void {
  parseAside.expect(raws, parsing(ctx));
}

function parsing(ctx: Context): ParseAsideOptions {
  return { trustedAuthservId: ctx.settings.trustedAuthservId, report: ctx.report };
}

function lastCursors(incoming: readonly Incoming[]): readonly FolderCursor[] {
  const cursors = incoming.flatMap(({ options }) => options.folder ?? []);
  return [...new Map(cursors.map((cursor) => [cursor.folder, cursor])).values()];
}
