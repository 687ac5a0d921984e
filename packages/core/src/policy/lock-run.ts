import type { Context } from '../context.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';

/**
 * Locks a named run, after the mailboxes: a run may send from several of them at once, and its
 * budget is one (P7). Without a name the run is one mailbox, whose row is locked already.
 */
export async function lockRun(tx: Tx, ctx: Context, { run }: AgentPrincipal): Promise<void> {
  if (run === undefined || !ctx.storage.capabilities.supportsRowLocks) return;
  const key = `run:${run}`;
  await tx
    .insertInto('meta')
    .values({ tenant: ctx.tenant, key, value: '' })
    .onConflict((conflict) => conflict.columns(['tenant', 'key']).doNothing())
    .execute();
  await tx
    .selectFrom('meta')
    .select('key')
    .where('tenant', '=', ctx.tenant)
    .where('key', '=', key)
    .forUpdate()
    .execute();
}
