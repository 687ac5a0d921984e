import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import type { Db, Tx } from '../../storage/database.ts';

/** The meta row that stops every mailbox until somebody has looked. */
export const RESTORE_KEY = 'restore';

/** What a paused mailbox says then. */
export const RESTORE_PAUSE = 'The database looks restored; an operator has to acknowledge it.';

/** Why a start is taken for the start of a restored database. */
export type RestoreCause = 'behind_journal' | 'journal_lost' | 'late';

/** Stops every mailbox; what stopped it first stays on record. */
export async function pauseForRestore(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  cause: RestoreCause,
  missing: number,
): Promise<void> {
  const at = ctx.now();
  const stopped = await tx
    .insertInto('meta')
    .values({ tenant: ctx.tenant, key: RESTORE_KEY, value: JSON.stringify({ cause, at }) })
    .onConflict((conflict) => conflict.columns(['tenant', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (stopped === undefined) return;
  await appendEvents(tx, ctx.tenant, [
    { at, type: 'restore.suspected', actor: 'system', data: { cause, missing } },
  ]);
}

/** Whether mail waits for somebody to acknowledge a restore. */
export async function isPausedForRestore(db: Db, ctx: Pick<Context, 'tenant'>): Promise<boolean> {
  const row = await db
    .selectFrom('meta')
    .select('key')
    .where('tenant', '=', ctx.tenant)
    .where('key', '=', RESTORE_KEY)
    .executeTakeFirst();
  return row !== undefined;
}

/** Lets every mailbox send again that nobody paused; returns whether anything was stopped. */
export async function acknowledgeRestore(ctx: Context): Promise<boolean> {
  const at = ctx.now();
  const stopped = await ctx.storage.unit(async (tx) => {
    const removed = await tx
      .deleteFrom('meta')
      .where('tenant', '=', ctx.tenant)
      .where('key', '=', RESTORE_KEY)
      .returning('key')
      .executeTakeFirst();
    if (removed === undefined) return false;
    await tx
      .updateTable('delivery')
      .set({ due_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('state', '=', 'deferred')
      .where('reason_code', '=', 'MAILBOX_PAUSED')
      .execute();
    await appendEvents(tx, ctx.tenant, [{ at, type: 'restore.acknowledged', actor: 'system' }]);
    return true;
  });
  ctx.wake();
  return stopped;
}
