import type { Context } from '../../context.ts';
import { transition } from '../../deliveries/transition.ts';
import { recordFailure } from '../../failures/record-failure.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import { REPLY_REASONS, type ReplyReason } from '../../transport/reply-reasons.ts';
import type { ReportedRecipient } from '../delivery-status/delivery-status.ts';
import type { ReportSource } from './report-source.ts';
import { stampDelivery } from './stamp-delivery.ts';

/** A failure, and all that is said about it: several lines when mail was passed on to several. */
export interface Bounce {
  readonly delivery: Delivery;
  readonly reported: readonly Omit<ReportedRecipient, 'address'>[];
}

/**
 * A report says that mail was lost: an `unknown` delivery failed, and the address that *we* wrote to
 * may be suppressed. One delivery bounces once, but for a second report which knows that the address
 * is dead where the first did not. Returns whether somebody was suppressed.
 */
export async function markBounced(
  tx: Tx,
  ctx: Context,
  by: ReportSource,
  { delivery, reported }: Bounce,
): Promise<boolean> {
  const reason = toReason(reported);
  const { family, phrase } = REPLY_REASONS[reason];
  const isDead = reported.every(({ permanent }) => permanent);
  if (delivery.bounced_at !== null && !(isDead && isOpen(delivery))) return false;
  const status = reported[0]?.status;
  const code = reason.toUpperCase();
  const data = {
    ...{ ...by.data, code, family, permanent: isDead },
    ...(status !== undefined && STATUS.test(status) ? { status } : {}),
  };
  if (delivery.state === 'unknown') {
    const why = `A report says that it was not delivered: ${phrase}.`;
    const move = { from: delivery, to: 'failed', code, reason: why, data } as const;
    await transition(tx, { ...move, actor: 'system', at: ctx.now() });
  }
  const times = { bounced_at: delivery.bounced_at ?? by.at };
  await stampDelivery(tx, ctx, delivery, {
    times,
    type: 'delivery.bounced',
    data,
    actor: 'system',
  });
  return recordFailure(tx, ctx, delivery, { reason, isDead, source: by.source, at: by.at });
}

/** What is known of the failure so far says nothing of the address. */
function isOpen({ failure_code }: Delivery): boolean {
  return failure_code === null || REPLY_REASONS[failure_code].family !== 'address';
}

/** RFC 3463 §2; whatever else stands there stays out of events. */
const STATUS = /^[245]\.\d{1,3}\.\d{1,3}$/;

/** Several lines for one address: one that leaves hope says what it is. */
function toReason(reported: Bounce['reported']): ReplyReason {
  const line = reported.find(({ permanent }) => !permanent) ?? reported[0];
  return line === undefined || line.reason === 'delivered' ? 'undefined' : line.reason;
}
