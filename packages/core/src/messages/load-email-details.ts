import { type SqlBool, sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Principal } from '../principal/principal.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';
import { unindexed } from '../storage/unindexed.ts';
import { loadMessageDetails, type MessageDetails } from './load-message-details.ts';

/** What hangs on one message that is shown with its text. */
export interface EmailDetails extends MessageDetails {
  /** Nothing that may be shown came from its sender before, to this mailbox. */
  readonly firstSeen: boolean;
}

/** Loads it: one query more than for a list, where nobody asks whether a sender is new. */
export async function loadEmailDetails(
  ctx: Context,
  principal: Principal,
  messages: readonly Message[],
): Promise<(message: Message) => EmailDetails> {
  const { db } = ctx.storage;
  const detailsOf = await loadMessageDetails(db, ctx, principal, messages);
  const ids = messages.flatMap(({ id, direction }) => (direction === 'inbound' ? id : []));
  const first = new Set(await listFirstSeen(db, ctx, ids));
  return (message) => ({ ...detailsOf(message), firstSeen: first.has(message.id) });
}

/**
 * Of several that came at one instant, one is the first. What lies in quarantine does not count: nobody
 * gets known by mail that is kept from the reader.
 */
async function listFirstSeen(
  db: Db,
  ctx: Context,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('message as own')
    .select('own.id')
    .where('own.tenant', '=', ctx.tenant)
    .where('own.id', 'in', ids)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('message as earlier')
            .select('earlier.id')
            .whereRef('earlier.tenant', '=', 'own.tenant')
            .whereRef('earlier.mailbox', '=', 'own.mailbox')
            .where(sql<SqlBool>`lower(earlier.from_address) = lower(own.from_address)`)
            .where(sql<SqlBool>`(earlier.created_at, earlier.id) < (own.created_at, own.id)`)
            .where(unindexed('earlier.direction'), '=', 'inbound')
            .where('earlier.quarantined', '=', 0),
        ),
      ),
    )
    .execute();
  return rows.map((row) => row.id);
}
