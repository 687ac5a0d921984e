import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toText } from '../operations/parse-arguments.ts';
import type { DeliveryView } from '../operations/results.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { findLastAttempts } from './find-last-attempts.ts';

export interface DeliveryFilter {
  readonly messageId?: string;
  readonly campaign?: string;
  readonly mailboxes?: readonly string[];
  /** 1,000 unless told. */
  readonly limit?: number;
}

/** Deliveries with their message's subject, oldest first. */
export async function listDeliveries(
  ctx: Context,
  filter: DeliveryFilter = {},
): Promise<readonly (DeliveryView & { readonly messageId: string; readonly subject: string })[]> {
  const { limit = 1_000 } = filter;
  const messageId =
    filter.messageId === undefined ? undefined : (toText(filter.messageId, 'message_id') ?? '');
  const campaign = toText(filter.campaign, 'campaign');
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'limit has to be a whole number of at least 1.',
      fields: { argument: 'limit' },
    });
  }
  const rows = await ctx.storage.db
    .selectFrom('delivery')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'delivery.tenant')
        .onRef('message.id', '=', 'delivery.message_id'),
    )
    .selectAll('delivery')
    .select(['message.subject', 'message.internet_message_id'])
    .where('delivery.tenant', '=', ctx.tenant)
    .$if(messageId !== undefined, (query) =>
      query.where('delivery.message_id', '=', messageId ?? ''),
    )
    .$if(campaign !== undefined, (query) => query.where('delivery.campaign', '=', campaign ?? ''))
    .$if(filter.mailboxes !== undefined, (query) =>
      query.where('delivery.mailbox', 'in', filter.mailboxes ?? []),
    )
    .orderBy('delivery.id')
    .limit(limit)
    .execute();
  const attempts = await findLastAttempts(ctx, rows);
  return rows.map((row) => ({
    ...toDeliveryView(row),
    ...attempts.get(row.id),
    messageId: row.message_id,
    subject: row.subject,
  }));
}

/** One delivery as people and agents see it. */
export function toDeliveryView(row: Delivery): DeliveryView {
  return {
    id: row.id,
    recipient: row.recipient,
    state: row.state,
    code: row.reason_code,
    reason: row.reason,
    attempts: row.attempts,
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
    ...(row.resend_of === null ? {} : { resendOf: row.resend_of }),
  };
}
