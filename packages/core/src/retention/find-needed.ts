import type { Context } from '../context.ts';
import type { DeliveryState } from '../deliveries/delivery-state.ts';
import { findAttachmentMessage } from '../messages/attachment-id.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';

const OPEN: readonly DeliveryState[] = [
  'held',
  'queued',
  'claimed',
  'sending',
  'deferred',
  'unknown',
];

type Row = Pick<Message, 'id' | 'thread_id' | 'attachments'>;

/**
 * Tells which of some messages mail that is not over has need of: itself; all of its thread, since a
 * reviewer is shown it and the decision at the claim asks who wrote there; and where its files come
 * from. What may ask to stop waits for a person, too.
 */
export async function findNeeded(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  rows: readonly Row[],
): Promise<(row: Row) => boolean> {
  if (rows.length === 0) return () => false;
  const threads = await findWaitingThreads(db, ctx, rows);
  // Few messages have files at all.
  const sources = rows.some(hasFiles) ? await findSources(db, ctx) : new Set<string>();
  const unread = await findUnread(db, ctx, rows);
  return (row) => threads.has(row.thread_id) || sources.has(row.id) || unread.has(row.id);
}

async function findWaitingThreads(
  db: Db,
  { tenant }: Pick<Context, 'tenant'>,
  rows: readonly Row[],
): Promise<ReadonlySet<string>> {
  const waiting = await selectOpen(db, tenant)
    .select('message.thread_id')
    .distinct()
    .where('message.thread_id', 'in', [...new Set(rows.map((row) => row.thread_id))])
    .execute();
  return new Set(waiting.map((row) => row.thread_id));
}

/** What may ask to stop, until somebody has decided: they have to read it. */
async function findUnread(
  db: Db,
  { tenant }: Pick<Context, 'tenant'>,
  rows: readonly Row[],
): Promise<ReadonlySet<string>> {
  const requests = await db
    .selectFrom('stop_request')
    .select('message_id')
    .where('tenant', '=', tenant)
    .where('decided_at', 'is', null)
    .where(
      'message_id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  return new Set(requests.map((request) => request.message_id));
}

function hasFiles({ attachments }: Row): boolean {
  return attachments !== '[]';
}

async function findSources(
  db: Db,
  { tenant }: Pick<Context, 'tenant'>,
): Promise<ReadonlySet<string>> {
  const waiting = await selectOpen(db, tenant)
    .select('message.attachments')
    .where('message.attachments', '!=', '[]')
    .execute();
  return new Set(waiting.flatMap(({ attachments }) => findHandles(attachments)));
}

/** Of anything that looks like a handle: a list that is damaged still keeps what it names. */
function findHandles(attachments: string): readonly string[] {
  return attachments.split('"').flatMap((part) => findAttachmentMessage(part) ?? []);
}

function selectOpen(db: Db, tenant: string) {
  return db
    .selectFrom('message')
    .innerJoin('delivery', (join) =>
      join
        .onRef('delivery.tenant', '=', 'message.tenant')
        .onRef('delivery.message_id', '=', 'message.id'),
    )
    .where('message.tenant', '=', tenant)
    .where('delivery.tenant', '=', tenant)
    .where('delivery.state', 'in', OPEN);
}
