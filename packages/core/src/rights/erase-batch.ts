import type { Context } from '../context.ts';
import { findAttachmentMessage } from '../messages/attachment-id.ts';
import type { Tx } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';
import { classifyMessage, redactMessage } from './classify-message.ts';
import { cutQuotes } from './cut-quotes.ts';
import { eraseMessages } from './erase-messages.ts';
import type { PersonMatcher } from './person-matcher.ts';
import { type Stopped, stopDeliveries } from './stop-deliveries.ts';

/** What became of some messages. */
export interface ErasedBatch extends Stopped {
  readonly messages: number;
  readonly redacted: number;
}

/**
 * Erases a person from messages, whatever each has to do with them: those from or to them lose their
 * content, others their address, and who forwards an attachment of theirs loses that. What was still
 * to be sent of any of these is stopped first.
 */
export async function eraseBatch(
  tx: Tx,
  ctx: Context,
  ids: readonly string[],
  matcher: PersonMatcher,
): Promise<ErasedBatch> {
  const rows = await lockMessages(tx, ctx, ids);
  const groups = Map.groupBy(rows, (row) => classifyMessage(row, matcher));
  const parties = groups.get('party') ?? [];
  const named = groups.get('named') ?? [];
  const forwards = await findForwards(tx, ctx, rows, parties);
  const touched = [...parties, ...named, ...forwards].map(({ id }) => id);
  const stopped = await stopDeliveries(tx, ctx, [...new Set(touched)].sort());
  const partyIds = parties.map(({ id }) => id);
  await eraseMessages(tx, ctx, { ids: partyIds, isPerson: matcher.isPerson });
  await cutQuotes(tx, ctx, parties);
  for (const row of named) await redact(tx, ctx, row, matcher);
  for (const row of forwards) await dropForwarded(tx, ctx, row, partyIds);
  return { ...stopped, messages: parties.length, redacted: named.length };
}

function lockMessages(tx: Tx, ctx: Context, ids: readonly string[]): Promise<Message[]> {
  const query = tx
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', ids)
    .orderBy('id');
  return ctx.storage.capabilities.supportsRowLocks ? query.forUpdate().execute() : query.execute();
}

/** Ours that carry an attachment whose message is gone, or goes now. */
async function findForwards(
  tx: Tx,
  ctx: Context,
  rows: readonly Message[],
  parties: readonly Message[],
): Promise<readonly Message[]> {
  const going = new Set(parties.map(({ id }) => id));
  const outbound = rows.filter((row) => row.direction === 'outbound' && !going.has(row.id));
  const sources = new Set(outbound.flatMap(listSources));
  if (sources.size === 0) return [];
  const gone = await tx
    .selectFrom('message')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', [...sources])
    .where('erased_at', 'is not', null)
    .execute();
  for (const { id } of gone) going.add(id);
  return outbound.filter((row) => listSources(row).some((source) => going.has(source)));
}

function listSources({ attachments }: Message): readonly string[] {
  return (JSON.parse(attachments) as { readonly id: string }[]).flatMap(
    ({ id }) => findAttachmentMessage(id) ?? [],
  );
}

async function redact(tx: Tx, ctx: Context, row: Message, matcher: PersonMatcher): Promise<void> {
  await tx
    .updateTable('message')
    .set({ ...redactMessage(row, matcher), updated_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', row.id)
    .execute();
  // The bytes as they came have the address, too; they are not needed any more.
  await tx
    .deleteFrom('chunk')
    .where('tenant', '=', ctx.tenant)
    .where('owner_id', '=', row.id)
    .execute();
  await tx
    .deleteFrom('message_revision')
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', row.id)
    .execute();
  await redactReasons(tx, ctx, row.id, matcher);
}

async function redactReasons(
  tx: Tx,
  { tenant }: Context,
  messageId: string,
  { redact: clean }: PersonMatcher,
): Promise<void> {
  for (const table of ['approval', 'delivery'] as const) {
    const rows = await tx
      .selectFrom(table)
      .select(['id', 'reason'])
      .where('tenant', '=', tenant)
      .where('message_id', '=', messageId)
      .execute();
    for (const { id, reason } of rows) {
      if (reason === null || clean(reason) === reason) continue;
      await tx
        .updateTable(table)
        .set({ reason: clean(reason) })
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .execute();
    }
  }
}

async function dropForwarded(
  tx: Tx,
  ctx: Context,
  row: Message,
  going: readonly string[],
): Promise<void> {
  const all = JSON.parse(row.attachments) as { readonly id: string }[];
  const sources = [...new Set(listSources(row))];
  const gone = await tx
    .selectFrom('message')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', sources)
    .where('erased_at', 'is not', null)
    .execute();
  const without = new Set([...going, ...gone.map(({ id }) => id)]);
  const kept = all.filter(({ id }) => !without.has(findAttachmentMessage(id) ?? ''));
  await tx
    .updateTable('message')
    .set({ attachments: JSON.stringify(kept), updated_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', row.id)
    .execute();
}
