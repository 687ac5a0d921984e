import type { Context } from '../context.ts';
import type { MailwardenEvent } from '../events/event.ts';
import type { SuppressionReason } from '../storage/tables/people.ts';
import { findAddresses } from './transfer/find-addresses.ts';

/** A new suppression, for other systems. */
export interface SuppressionNotice {
  readonly id: string;
  readonly scope: string;
  readonly reason: SuppressionReason;
  /** Absent: against every sender. */
  readonly senderId?: string;
  /** Epoch ms. */
  readonly at: number;
  readonly match: 'exact' | 'canonical' | 'domain';
  readonly hmac: string;
  readonly keyId: string;
  /** Of the contacts that it covers; empty when there is none any more. */
  readonly addresses: readonly string[];
}

/** Makes a listener to events that tells of suppressions. */
export function notifySuppressions(
  ctx: Context,
  onSuppress: (suppression: SuppressionNotice) => void | Promise<void>,
): (event: MailwardenEvent) => Promise<void> {
  return async ({ type, data: { suppressionId } }) => {
    if (type !== 'suppression.added') return;
    const row = await ctx.storage.db
      .selectFrom('suppression')
      .selectAll()
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', String(suppressionId))
      .executeTakeFirst();
    if (row === undefined) return;
    const addresses = await findAddresses(ctx, [row]);
    await onSuppress({
      id: row.id,
      scope: row.scope,
      reason: row.reason,
      at: Number(row.created_at),
      match: row.match,
      hmac: row.hmac,
      keyId: row.key_id,
      addresses: addresses.get(row.id) ?? [],
      ...(row.sender_id === '' ? {} : { senderId: row.sender_id }),
    });
  };
}
