import { addContacts } from '../contacts/upsert-contacts.ts';
import type { Context, Mailbox } from '../context.ts';
import { settleBySentFolder } from '../deliveries/settle-by-sent-folder.ts';
import { appendEvents, type NewEvent } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import { maskReturnPaths } from '../identity/return-path.ts';
import { toAttachmentId } from '../messages/attachment-id.ts';
import { writeChunks } from '../messages/write-chunks.ts';
import { findErasures } from '../rights/find-erasures.ts';
import { keepErased } from '../rights/keep-erased.ts';
import type { Tx } from '../storage/database.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { toRelayIds } from '../transport/relays/to-relay-ids.ts';
import { claimNames } from './claim-names.ts';
import { actOnArrival } from './consequences/act-on-arrival.ts';
import { findNamedMessages } from './consequences/find-named-messages.ts';
import type { InboundMessage } from './inbound-message.ts';
import type { IngestResult } from './ingest.ts';
import { linkReplies } from './link-replies.ts';
import { type Incoming, type Plan, type Planned, planBatch } from './plan-batch.ts';

/** What became of messages that came together. */
export interface StoredBatch {
  readonly results: readonly IngestResult[];
  /** It stopped mail to somebody. */
  readonly suppressed: boolean;
}

/**
 * Stores messages with everything that follows from them, with a fixed number of statements for any
 * number of messages; only what a message does besides being there is done one by one, in the order
 * in which they came.
 */
export async function storeBatch(
  tx: Tx,
  ctx: Context,
  mailbox: Mailbox,
  incoming: readonly Incoming[],
): Promise<StoredBatch> {
  const { results, planned, copied } = await insertNew(tx, ctx, mailbox, incoming);
  await markCopied(tx, ctx, copied);
  if (planned.length === 0) return { results, suppressed: false };
  const kept = await refuseErased(tx, ctx, planned);
  await writeChunks(tx, ctx.tenant, kept.flatMap(toChunkOwners));
  await appendEvents(
    tx,
    ctx.tenant,
    kept.map((one) => toEvent(ctx, mailbox, one)),
  );
  // What our own people sent is no answer of a recipient, and asks for nothing.
  const received = kept.filter(({ options }) => options.sent !== true);
  await linkReplies(tx, ctx, mailbox, received);
  await addContacts(
    tx,
    ctx,
    received.flatMap(({ parsed }) => toContact(ctx, parsed)),
  );
  return { results, suppressed: await actOnAll(tx, ctx, mailbox, received) };
}

/** Returns whether anybody was suppressed. */
async function actOnAll(
  tx: Tx,
  ctx: Context,
  mailbox: Mailbox,
  received: readonly Planned[],
): Promise<boolean> {
  const reported = await findNamedMessages(tx, ctx, received.flatMap(listReported));
  const notes: NewEvent[] = [];
  const note = (event: NewEvent): void => void notes.push(event);
  let suppressed = false;
  for (const { id, at, parsed, row, ancestors } of received) {
    const { answered } = ancestors;
    const threadId = row.thread_id;
    const arrival = { id, at, mailbox, parsed, threadId, answered, reported, note };
    if (await actOnArrival(tx, ctx, arrival)) suppressed = true;
  }
  await appendEvents(tx, ctx.tenant, notes);
  return suppressed;
}

/** Under which names the mail that it reports on may be known. */
function listReported({ parsed: { deliveryStatus, feedbackReport } }: Planned): readonly string[] {
  return [deliveryStatus, feedbackReport].flatMap((report) =>
    report?.originalInternetMessageId === undefined
      ? []
      : toRelayIds(report.originalInternetMessageId),
  );
}

async function markCopied(tx: Tx, ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('message')
    .set({ in_sent_folder: 1, updated_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', ids)
    .where('in_sent_folder', '=', 0)
    .execute();
  await settleBySentFolder(tx, ctx, ids);
}

/** Below the 32,766 bound values that SQLite takes. */
const ROWS_PER_STATEMENT = 100;

async function insertNew(
  tx: Tx,
  ctx: Context,
  mailbox: Mailbox,
  incoming: readonly Incoming[],
): Promise<Plan> {
  for (;;) {
    const plan = await planBatch(tx, ctx, mailbox, incoming);
    const rows = plan.planned.map(({ row }) => row);
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
      const some = rows.slice(at, at + ROWS_PER_STATEMENT);
      await tx.insertInto('message').values(some).execute();
    }
    if (await claimNames(tx, ctx, mailbox, plan.planned)) return plan;
    // Another process stored some of the same bytes while this one was reading; now they are seen.
    await removeAgain(
      tx,
      ctx,
      plan.planned.map(({ id }) => id),
    );
  }
}

async function removeAgain(tx: Tx, ctx: Context, ids: readonly string[]): Promise<void> {
  const { tenant } = ctx;
  await tx
    .deleteFrom('message_id_alias')
    .where('tenant', '=', tenant)
    .where('message_id', 'in', ids)
    .execute();
  await tx.deleteFrom('message').where('tenant', '=', tenant).where('id', 'in', ids).execute();
}

/**
 * Takes everybody's lock and empties what is from or to somebody whose data was erased since it was
 * received: old mail, that a new UIDVALIDITY gives again. Its hash stays. Returns the others.
 */
async function refuseErased(
  tx: Tx,
  ctx: Context,
  planned: readonly Planned[],
): Promise<readonly Planned[]> {
  const people = new Map(planned.map((one) => [one, listPeople(ctx, one.parsed)]));
  const identities = [...new Set([...people.values()].flat())].map((address) =>
    ctx.keys.identify(address),
  );
  await lockRecipients(tx, ctx, identities);
  const erasedAt = await findErasures(tx, ctx.tenant, identities);
  const kept: Planned[] = [];
  for (const one of planned) {
    const erased = (people.get(one) ?? []).filter(
      (address) => (erasedAt(ctx.keys.identify(address)) ?? -1) >= one.at,
    );
    if (!(await keepErased(tx, ctx, one.id, new Set(erased)))) kept.push(one);
  }
  return kept;
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

function toChunkOwners({ id, bytes, parsed }: Planned) {
  const attachments = parsed.attachments.map(({ content }, index) => ({
    ownerId: toAttachmentId(id, index),
    bytes: content,
  }));
  return [{ ownerId: id, bytes }, ...attachments];
}

function toEvent(ctx: Context, mailbox: Mailbox, { id, parsed, row, options }: Planned) {
  const { unclaimed } = options;
  const data = {
    threadId: row.thread_id,
    autoSubmitted: parsed.loop.autoSubmitted,
    ...(options.quarantine ? { quarantined: true } : {}),
    ...(unclaimed === undefined ? {} : { unclaimed }),
  };
  return {
    at: ctx.now(),
    type: options.sent === true ? 'message.sent_elsewhere' : 'message.received',
    actor: 'system',
    mailbox: mailbox.address,
    messageId: id,
    data,
  };
}

/** People who write are contacts; that records no consent. */
function toContact(ctx: Context, { from, loop }: InboundMessage) {
  if (from === undefined || loop.autoSubmitted) return [];
  return ctx.mailboxes.has(from.address.toLowerCase()) ? [] : [from];
}
