import { uuidv7 } from 'uuidv7';
import { upsertContacts } from '../contacts/upsert-contacts.ts';
import type { Context, Mailbox } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import { maskReturnPaths } from '../identity/return-path.ts';
import { toAttachmentId } from '../messages/attachment-id.ts';
import { writeChunks } from '../messages/write-chunks.ts';
import { findErased, keepErased } from '../rights/keep-erased.ts';
import type { Tx } from '../storage/database.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { advanceFolder } from './advance-folder.ts';
import { claimRawHash, findByRawHash } from './claim-raw-hash.ts';
import { actOnArrival } from './consequences/act-on-arrival.ts';
import { findAncestors } from './find-ancestors.ts';
import type { InboundMessage } from './inbound-message.ts';
import type { FolderCursor } from './inbox.ts';
import { linkReply } from './link-reply.ts';
import { parseInbound } from './parse-inbound.ts';
import { toInboundRow } from './to-inbound-row.ts';

/** How a message came. */
export interface IngestOptions {
  /** When the server took it, epoch ms. @default now */
  readonly receivedAt?: number;
  /** Keep it from agents until a person releases it. */
  readonly quarantine: boolean;
  /** Where it lies on the server; the folder's cursor moves with the message. */
  readonly folder?: FolderCursor;
  /** Only the beginning of the message was fetched. */
  readonly cut?: boolean;
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
  const bytes = typeof raw === 'string' ? Buffer.from(raw) : raw;
  const parsed = await parseInbound(bytes, ctx.settings);
  const stored = await ctx.storage.unit(async (tx): Promise<Stored> => {
    if (options.folder !== undefined) await advanceFolder(tx, ctx, mailbox, options.folder);
    const known =
      (await findByRawHash(tx, ctx, mailbox, parsed.rawSha256)) ??
      (await findOwnCopy(tx, ctx, mailbox, parsed));
    if (known !== undefined) return { messageId: known, duplicate: true };
    return store(tx, ctx, { mailbox, bytes, parsed, options });
  });
  const { messageId, duplicate, suppressed = false } = stored;
  if (suppressed) await ctx.journal?.flush().catch(ctx.report);
  return { messageId, duplicate };
}

interface Stored extends IngestResult {
  /** It stopped mail to somebody. */
  readonly suppressed?: boolean;
}

interface Incoming {
  readonly mailbox: Mailbox;
  readonly bytes: Uint8Array;
  readonly parsed: InboundMessage;
  readonly options: IngestOptions;
}

async function store(tx: Tx, ctx: Context, arrival: Incoming): Promise<Stored> {
  const { mailbox, bytes, parsed, options } = arrival;
  const id = uuidv7();
  const ancestors = await findAncestors(tx, ctx, mailbox, parsed);
  const now = ctx.now();
  const at = Math.min(Number.isFinite(options.receivedAt) ? Number(options.receivedAt) : now, now);
  const row = toInboundRow({ ctx, id, at, ancestors, ...arrival });
  await tx.insertInto('message').values(row).execute();
  const other = await claimRawHash(tx, ctx, mailbox, parsed, id);
  if (other !== undefined) {
    // Another process stored the same bytes while this one was reading.
    await tx.deleteFrom('message').where('tenant', '=', ctx.tenant).where('id', '=', id).execute();
    return { messageId: other, duplicate: true };
  }
  const people = listPeople(ctx, parsed);
  // Old mail of somebody whose data was erased, that a new UIDVALIDITY gives again: its hash stays.
  if (await keepErased(tx, ctx, id, await findErased(tx, ctx, people, at))) {
    return { messageId: id, duplicate: false };
  }
  await writeChunks(tx, ctx.tenant, id, bytes);
  for (const [index, { content }] of parsed.attachments.entries()) {
    await writeChunks(tx, ctx.tenant, toAttachmentId(id, index), content);
  }
  await appendEvents(tx, ctx.tenant, [
    {
      at: now,
      type: 'message.received',
      actor: 'system',
      mailbox: mailbox.address,
      messageId: id,
      data: {
        threadId: row.thread_id,
        autoSubmitted: parsed.loop.autoSubmitted,
        ...(options.quarantine ? { quarantined: true } : {}),
      },
    },
  ]);
  await linkReply(tx, ctx, { id, at, mailbox, parsed, answered: ancestors.answered });
  await lockRecipients(
    tx,
    ctx,
    people.map((address) => ctx.keys.identify(address)),
  );
  // Again, now that no erasure can come in between.
  const erased = await findErased(tx, ctx, people, at);
  if (!(await keepErased(tx, ctx, id, erased))) await keepSender(tx, ctx, parsed);
  const suppressed = await actOnArrival(tx, ctx, {
    ...{ id, at, mailbox, parsed, threadId: row.thread_id },
    answered: ancestors.answered,
  });
  return { messageId: id, duplicate: false, suppressed };
}

/** Our own mail that comes back, by a list or in a copy to ourselves, is here already. */
async function findOwnCopy(
  tx: Tx,
  ctx: Context,
  mailbox: Mailbox,
  { from, internetMessageId }: InboundMessage,
): Promise<string | undefined> {
  // Anyone who got our mail knows its Message-ID; in a stranger's mail it must not hide that mail.
  if (from?.address.toLowerCase() !== mailbox.address.toLowerCase()) return undefined;
  const row = await tx
    .selectFrom('message_id_alias')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'message_id_alias.tenant')
        .onRef('message.id', '=', 'message_id_alias.message_id'),
    )
    .select('message.id')
    .where('message_id_alias.tenant', '=', ctx.tenant)
    .where('message_id_alias.mailbox', '=', mailbox.address)
    .where('message_id_alias.internet_message_id', '=', internetMessageId)
    .where('message.direction', '=', 'outbound')
    .executeTakeFirst();
  return row?.id;
}

/** From and Reply-To first: a list can name thousands. */
const MAX_PEOPLE = 100;

/** Whom a message is from or to, our own mailboxes left out. */
function listPeople(ctx: Context, { from, replyTo, to, cc }: InboundMessage): readonly Address[] {
  const all = [from, replyTo, ...to, ...cc].flatMap((each) => each?.address ?? []);
  const others = all.filter(
    (address) => !ctx.mailboxes.has(maskReturnPaths(address).toLowerCase()),
  );
  return [...new Set(others)].slice(0, MAX_PEOPLE);
}

/** People who write are contacts; that records no consent. */
async function keepSender(tx: Tx, ctx: Context, { from, loop }: InboundMessage): Promise<void> {
  if (from === undefined || loop.autoSubmitted) return;
  if (ctx.mailboxes.has(from.address.toLowerCase())) return;
  await upsertContacts(tx, ctx, [from]);
}
