import type { Context } from '../context.ts';
import { lockFree, selectDeliveries } from '../dispatch/lock-envelopes.ts';
import type { Address } from '../identity/address.ts';
import type { Delivery } from '../storage/tables/delivery.ts';

/** One message of which this process makes the copy, for as long as the lease holds. */
export interface TakenCopy {
  readonly messageId: string;
  /** Those of its deliveries that ask for it; never empty. */
  readonly deliveries: readonly [Delivery, ...Delivery[]];
  /** What `copy_due_at` says while it is this process's. */
  readonly lease: number;
}

/** A process that died is waited for this long, ms; an upload takes seconds. */
const LEASE = 10 * 60_000;

/** Takes messages of some mailboxes whose copies are due, the oldest first. */
export async function takeCopies(
  ctx: Context,
  mailboxes: readonly Address[],
  limit: number,
): Promise<readonly TakenCopy[]> {
  const due = await ctx.storage.db
    .selectFrom('delivery')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', 'in', mailboxes)
    .where('copy_due_at', 'is not', null)
    .where('copy_due_at', '<=', ctx.now())
    .orderBy('copy_due_at')
    .limit(limit)
    .execute();
  if (due.length === 0) return [];
  const ids = due.map(({ id }) => id);
  const lease = ctx.now() + LEASE;
  const taken = await ctx.storage.unit(async (tx) => {
    const query = selectDeliveries(tx, ctx).where('id', 'in', ids);
    const rows = await lockFree(ctx, query.where('copy_due_at', '<=', ctx.now()));
    await tx
      .updateTable('delivery')
      .set({ copy_due_at: lease })
      .where('tenant', '=', ctx.tenant)
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
    return rows;
  });
  return [...Map.groupBy(taken, (row) => row.message_id)].flatMap(([messageId, [one, ...rest]]) =>
    one === undefined ? [] : [{ messageId, deliveries: [one, ...rest] as const, lease }],
  );
}
