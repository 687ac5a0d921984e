import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';

/**
 * Locks named runs in sorted order, after the mailboxes: a run may send from several of them at once,
 * and its budget is one (P7). Without a name the run is one mailbox, whose row is locked already.
 */
export async function lockRuns(
  tx: Tx,
  ctx: Context,
  principals: readonly AgentPrincipal[],
): Promise<void> {
  if (!ctx.storage.capabilities.supportsRowLocks) return;
  const runs = new Set(principals.flatMap(({ run }) => run ?? []));
  for (const run of [...runs].sort()) {
    const key = JSON.stringify([ctx.tenant, run]);
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
  }
}
