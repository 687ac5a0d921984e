import type { Context } from '../context.ts';
import type { DeliveryView } from '../operations/results.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import { findLastAttempts } from './find-last-attempts.ts';
import { toDeliveryView } from './list-deliveries.ts';

/** A delivery of which nobody knows whether it arrived, with all that is known. */
export interface UnknownDelivery extends DeliveryView {
  readonly messageId: string;
  readonly mailbox: string;
  readonly subject: string;
  /** Epoch ms. */
  readonly since: number;
  /** The delivery that was sent after it. */
  readonly resentAs?: string;
}

const LIMIT = 100;

/** What nobody knows yet, oldest first, at most 100; what was sent once more is listed, too. */
export async function listUnknown(
  ctx: Context,
  { mailboxes }: ReviewerPrincipal,
): Promise<readonly UnknownDelivery[]> {
  const { db } = ctx.storage;
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'delivery.tenant')
        .onRef('message.id', '=', 'delivery.message_id'),
    )
    .selectAll('delivery')
    .select(['message.subject', 'message.internet_message_id'])
    .where('delivery.tenant', '=', ctx.tenant)
    .where('delivery.state', '=', 'unknown')
    .$if(mailboxes !== undefined, (query) => query.where('delivery.mailbox', 'in', mailboxes ?? []))
    .orderBy('delivery.due_at')
    .orderBy('delivery.id')
    .limit(LIMIT)
    .execute();
  if (rows.length === 0) return [];
  const attempts = await findLastAttempts(ctx, rows);
  const resends = await db
    .selectFrom('delivery')
    .select(['id', 'resend_of'])
    .where('tenant', '=', ctx.tenant)
    .where(
      'resend_of',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const resentAs = new Map(resends.map(({ id, resend_of }) => [resend_of, id]));
  return rows.map((row) => {
    const second = resentAs.get(row.id);
    return {
      ...toDeliveryView(row),
      ...attempts.get(row.id),
      messageId: row.message_id,
      mailbox: row.mailbox,
      subject: row.subject,
      since: row.updated_at,
      ...(second === undefined ? {} : { resentAs: second }),
    };
  });
}
