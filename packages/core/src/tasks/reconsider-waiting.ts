import type { Context } from '../context.ts';
import type { RecipientIdentity } from '../keys/key-ring.ts';
import type { Tx } from '../storage/database.ts';

/** Lets everything that waits for facts about these people be decided again at the next sweep. */
export async function reconsiderPeople(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  identities: readonly Pick<RecipientIdentity, 'allCanonical'>[],
): Promise<void> {
  if (identities.length === 0) return;
  await tx
    .updateTable('delivery')
    .set({ due_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('state', '=', 'held')
    .where('fact_task_id', 'is not', null)
    .where(
      'recipient_canonical',
      'in',
      identities.flatMap(({ allCanonical }) => allCanonical),
    )
    .execute();
}

/** The same for everything that waits for one task. */
export async function reconsiderTask(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  taskId: string,
): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ due_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('state', '=', 'held')
    .where('fact_task_id', '=', taskId)
    .execute();
}
