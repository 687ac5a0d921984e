import type { Context } from '../context.ts';
import { eraseMessages } from '../rights/erase-messages.ts';
import { ERASED } from '../rights/erased.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';
import { findNeeded } from './find-needed.ts';
import type { RetentionStep } from './retention-step.ts';

type Old = Pick<Message, 'id' | 'thread_id' | 'attachments' | 'created_at'>;

/** Messages that no mail that waits has need of lose their content and everybody's addresses. */
export const clearMessages: RetentionStep = {
  batch: 25,
  async find(ctx, before) {
    const found: string[] = [];
    let after: Old | undefined;
    while (found.length < this.batch) {
      const page = await selectOld(ctx.storage.db, ctx, { before, after, limit: this.batch });
      found.push(...(await dropNeeded(ctx.storage.db, ctx, page)));
      after = page.at(-1);
      if (page.length < this.batch) break;
    }
    return found.slice(0, this.batch);
  },
  async clear(tx, ctx, keys) {
    // Asked again: an answer, or mail that passes a file on, may have begun to wait meanwhile.
    const ids = await dropNeeded(tx, ctx, await selectOld(tx, ctx, { ids: keys }));
    const isPerson = (address: string): boolean =>
      address !== ERASED && !ctx.mailboxes.has(address.toLowerCase());
    await eraseMessages(tx, ctx, { ids, isPerson });
  },
};

interface Wanted {
  readonly before?: number;
  readonly ids?: readonly string[];
  readonly after?: Old | undefined;
  readonly limit?: number;
}

/** Those of some ids, locked, or the oldest first, on which nobody has to decide any more. */
async function selectOld(
  db: Db,
  { tenant, now, storage }: Context,
  { before, ids, after, limit }: Wanted,
): Promise<readonly Old[]> {
  return await db
    .selectFrom('message')
    .select(['id', 'thread_id', 'attachments', 'created_at'])
    .where('tenant', '=', tenant)
    .where('erased_at', 'is', null)
    .where((eb) =>
      eb.or([eb('review_expires_at', 'is', null), eb('review_expires_at', '<=', now())]),
    )
    .$if(before !== undefined, (query) => query.where('created_at', '<', before ?? 0))
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids ?? []))
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('created_at', 'id'), '>', eb.tuple(after?.created_at ?? 0, after?.id ?? '')),
      ),
    )
    .orderBy('created_at')
    .orderBy('id')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .$if(ids !== undefined && storage.capabilities.supportsRowLocks, (query) => query.forUpdate())
    .execute();
}

async function dropNeeded(db: Db, ctx: Context, rows: readonly Old[]): Promise<readonly string[]> {
  const isNeeded = await findNeeded(db, ctx, rows);
  return rows.filter((row) => !isNeeded(row)).map(({ id }) => id);
}
