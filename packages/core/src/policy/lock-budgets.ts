import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { BudgetHolder } from './agent-budgets.ts';

/**
 * Takes the right to decide at request from these mailboxes and in these named runs, in sorted order,
 * after the recipients: two requests cannot both take the last place (P7), and a run may send from
 * several mailboxes at once. Not the mailboxes' rows, which are the claims': what a claim changes
 * for a request it changes for a recipient, and what a request let through the claim decides on again.
 */
export async function lockBudgets(
  tx: Tx,
  ctx: Context,
  holders: readonly BudgetHolder[],
): Promise<void> {
  if (!ctx.storage.capabilities.supportsRowLocks) return;
  const keys = holders.flatMap(({ principal: { run }, mailbox }) => [
    ['mailbox', mailbox.address],
    ...(run === undefined ? [] : [['run', run]]),
  ]);
  const names = new Set(keys.map((key) => JSON.stringify([ctx.tenant, ...key])));
  for (const name of [...names].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
  }
}
