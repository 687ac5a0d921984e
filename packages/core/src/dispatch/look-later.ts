import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { FACT_RECHECK_AFTER } from '../tasks/open-fact-task.ts';
import { RECONSIDER_AFTER } from './park-delivery.ts';

/** What is held waits on until the next look. No event: nothing has happened. Returns whether it is held. */
export async function lookLater(tx: Tx, ctx: Context, from: Delivery): Promise<boolean> {
  const after = from.fact_task_id === null ? RECONSIDER_AFTER : FACT_RECHECK_AFTER;
  const rows = await tx
    .updateTable('delivery')
    .set({ due_at: ctx.now() + after })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', from.id)
    .where('state', '=', 'held')
    .returning('id')
    .execute();
  return rows.length > 0;
}
