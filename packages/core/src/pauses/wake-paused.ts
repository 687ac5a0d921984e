import type { Context } from '../context.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { PauseRow } from '../storage/tables/operations.ts';
import { listTenants } from './list-tenants.ts';
import type { PauseKey } from './parse-pause-target.ts';
import { EVERY_TENANT, IS_PAUSED, PAUSE_CODES } from './pause-scope.ts';

/** Deliveries of one unit of work. */
const BATCH = 500;

/** One pause that ended; `paused_at` tells it from a later one of the same. */
export type EndedPause = PauseKey & Pick<PauseRow, 'paused_at'>;

/**
 * Makes due what waited for the end of a pause, batch by batch, then forgets the pause. Whoever
 * pauses again meanwhile ends it: what is due already is decided on again, and waits again, until
 * the end of that other pause wakes it.
 */
export async function wakePaused(ctx: Context, key: EndedPause): Promise<void> {
  const { db } = ctx.storage;
  const tenants = key.tenant === EVERY_TENANT ? await listTenants(db) : [key.tenant];
  for (const tenant of tenants) {
    let after: string | undefined = '';
    while (after !== undefined) {
      const from: string = after;
      if (!(await isResuming(db, key))) return;
      after = await ctx.storage.unit((tx) => wakeSome(tx, ctx, { ...key, tenant }, from));
      ctx.wake();
    }
  }
  await ctx.storage.unit(async (tx) => {
    await tx
      .deleteFrom('pause')
      .where('tenant', '=', key.tenant)
      .where('scope', '=', key.scope)
      .where('subject', '=', key.subject)
      .where('paused_at', '=', key.paused_at)
      .where('resuming', '=', 1)
      .execute();
  });
}

/** Goes on where a process ended while it woke what had waited. */
export async function finishResuming(ctx: Context): Promise<void> {
  const rows = await ctx.storage.db
    .selectFrom('pause')
    .select(['tenant', 'scope', 'subject', 'paused_at'])
    .where('tenant', 'in', [ctx.tenant, EVERY_TENANT])
    .where('resuming', '=', 1)
    .execute();
  for (const key of rows) await wakePaused(ctx, key);
}

async function isResuming(db: Db, key: EndedPause): Promise<boolean> {
  const row = await db
    .selectFrom('pause')
    .select('scope')
    .where('tenant', '=', key.tenant)
    .where('scope', '=', key.scope)
    .where('subject', '=', key.subject)
    .where('paused_at', '=', key.paused_at)
    .where('resuming', '=', 1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Returns the last id, or `undefined` when there is nothing left. */
async function wakeSome(
  tx: Tx,
  ctx: Context,
  { tenant, scope, subject }: PauseKey,
  after: string,
): Promise<string | undefined> {
  const query = tx
    .selectFrom('delivery')
    .select('id')
    .where('tenant', '=', tenant)
    .where(IS_PAUSED)
    .where('reason_code', '=', PAUSE_CODES[scope])
    .where('id', '>', after)
    .$if(scope === 'mailbox', (mine) => mine.where('mailbox', '=', subject))
    .$if(scope === 'campaign', (mine) => mine.where('campaign', '=', subject))
    .orderBy('id')
    .limit(BATCH);
  // Waits for whoever holds one: nothing else would wake what was left out.
  const { supportsRowLocks } = ctx.storage.capabilities;
  const rows = await (supportsRowLocks ? query.forUpdate() : query).execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return undefined;
  await tx
    .updateTable('delivery')
    .set({ due_at: ctx.now() })
    .where('tenant', '=', tenant)
    .where('id', 'in', ids)
    .where('state', '=', 'deferred')
    .execute();
  return ids.length < BATCH ? undefined : ids.at(-1);
}
