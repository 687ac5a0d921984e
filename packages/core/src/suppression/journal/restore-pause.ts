import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import { endPause } from '../../pauses/resume-mail.ts';
import type { Db, Tx } from '../../storage/database.ts';

/** What a paused mailbox says then. */
const RESTORE_PAUSE = 'The database looks restored; an operator has to acknowledge it.';

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
  const { tenant } = ctx;
  const stopped = await tx
    .insertInto('pause')
    .values({
      ...{ tenant, scope: 'restore', subject: '', reason: RESTORE_PAUSE, paused_by: 'system' },
      ...{ paused_at: at, resuming: 0 },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'scope', 'subject'])
        .doUpdateSet({ paused_at: at, resuming: 0 })
        .where('pause.resuming', '=', 1),
    )
    .returning('scope')
    .executeTakeFirst();
  if (stopped === undefined) return;
  await appendEvents(tx, tenant, [
    { at, type: 'restore.suspected', actor: 'system', data: { cause, missing } },
  ]);
}

/** Whether mail waits for somebody to acknowledge a restore. */
export async function isPausedForRestore(db: Db, ctx: Pick<Context, 'tenant'>): Promise<boolean> {
  const row = await db
    .selectFrom('pause')
    .select('scope')
    .where('tenant', '=', ctx.tenant)
    .where('scope', '=', 'restore')
    .where('resuming', '=', 0)
    .executeTakeFirst();
  return row !== undefined;
}

/** Lets every mailbox send again that nobody paused; returns whether anything was stopped. */
export function acknowledgeRestore(ctx: Context): Promise<boolean> {
  const { tenant } = ctx;
  const acknowledged = { type: 'restore.acknowledged', actor: 'system' } as const;
  return endPause(ctx, { tenant, scope: 'restore', subject: '' }, (tx) =>
    appendEvents(tx, tenant, [{ at: ctx.now(), ...acknowledged }]),
  );
}
