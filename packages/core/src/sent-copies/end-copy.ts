import type { Context } from '../context.ts';
import type { TakenCopy } from './take-copies.ts';

/**
 * Ends the lease on a copy: it lies there, it will not, or it is tried again at `dueAt`. Whoever took
 * it over meanwhile keeps it.
 */
export async function endCopy(
  ctx: Pick<Context, 'tenant' | 'storage' | 'now'>,
  { messageId, deliveries, lease }: TakenCopy,
  { isThere = false, dueAt = null }: { readonly isThere?: boolean; readonly dueAt?: number | null },
): Promise<void> {
  await ctx.storage.unit(async (tx) => {
    if (isThere) {
      await tx
        .updateTable('message')
        .set({ in_sent_folder: 1, updated_at: ctx.now() })
        .where('tenant', '=', ctx.tenant)
        .where('id', '=', messageId)
        .where('in_sent_folder', '=', 0)
        .execute();
    }
    await tx
      .updateTable('delivery')
      .set({ copy_due_at: dueAt })
      .where('tenant', '=', ctx.tenant)
      .where(
        'id',
        'in',
        deliveries.map(({ id }) => id),
      )
      .where('copy_due_at', '=', lease)
      .execute();
  });
}
