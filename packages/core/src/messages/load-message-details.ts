import type { Context } from '../context.ts';
import type { Principal } from '../principal/principal.ts';
import type { Db } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { listTagsOf } from './list-tags-of.ts';

/** What hangs on one message. */
export interface MessageDetails {
  /** Derived ones included. */
  readonly tags: readonly string[];
  readonly deliveries: readonly Delivery[];
  /** Inbound messages of people that answer it. */
  readonly replyIds: readonly string[];
  /** This agent has read it. */
  readonly read: boolean;
}

/** Loads what hangs on a page of messages: four queries, however many they are. */
export async function loadMessageDetails(
  db: Db,
  ctx: Context,
  principal: Principal,
  messages: readonly Message[],
): Promise<(message: Message) => MessageDetails> {
  const ids = messages.map(({ id }) => id);
  const tags = await listTagsOf(db, ctx, 'message', ids);
  const deliveries = groupBy(await listDeliveries(db, ctx, ids), (row) => row.message_id);
  const replies = groupBy(await listReplies(db, ctx, principal, ids), (row) => row.parent_id ?? '');
  const read = new Set(await listRead(db, ctx, principal, ids));
  return ({ id }) => {
    const own = deliveries.get(id) ?? [];
    return {
      tags: [...new Set([...(tags.get(id) ?? []), ...toDerivedTags(own)])].sort(),
      deliveries: own,
      replyIds: (replies.get(id) ?? []).map((reply) => reply.id),
      read: read.has(id),
    };
  };
}

/** What became of the mail, as tags that nobody can set. */
function toDerivedTags(deliveries: readonly Delivery[]): readonly string[] {
  return deliveries.flatMap((delivery) => [
    ...(delivery.unsubscribed_at === null ? [] : ['unsubscribed']),
    ...(delivery.bounced_at === null ? [] : ['bounced']),
    ...(delivery.complained_at === null ? [] : ['complained']),
  ]);
}

async function listDeliveries(db: Db, ctx: Context, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', 'in', ids)
    .execute();
  // Asked for the order of the primary key, SQLite would read the whole table along it.
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function listReplies(db: Db, ctx: Context, principal: Principal, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('message')
    .select(['id', 'parent_id'])
    .where('tenant', '=', ctx.tenant)
    .where('parent_id', 'in', ids)
    .where('direction', '=', 'inbound')
    .where('auto_submitted', '=', 0)
    .where('in_sent_folder', '=', 0)
    .$if(principal.kind === 'agent', (query) => query.where('quarantined', '=', 0))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

async function listRead(
  db: Db,
  ctx: Context,
  principal: Principal,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (principal.kind !== 'agent' || ids.length === 0) return [];
  const rows = await db
    .selectFrom('read_mark')
    .select('message_id')
    .where('tenant', '=', ctx.tenant)
    .where('message_id', 'in', ids)
    .where('agent', '=', principal.id)
    .execute();
  return rows.map((row) => row.message_id);
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}
