import type { Context } from '../../context.ts';
import { transition } from '../../deliveries/transition.ts';
import { appendEvents } from '../../events/append-event.ts';
import { recordFailure } from '../../failures/record-failure.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import { REPLY_REASONS, type ReplyReason } from '../../transport/reply-reasons.ts';
import type { DeliveryStatus, ReportedRecipient } from '../delivery-status/delivery-status.ts';
import { listReturnPathTokens } from '../list-return-path-tokens.ts';
import type { Arrival } from './arrival.ts';
import { attribute } from './attribute.ts';
import { findProven } from './find-proven.ts';
import { ignoreReport } from './ignore-report.ts';

/**
 * What a report about delivery does: it marks the delivery as bounced or delivered, says what became
 * of an `unknown` one, and may suppress the address that *we* wrote to. One delivery bounces once;
 * a report that shows no mail of ours does nothing. Returns whether somebody was suppressed.
 */
export async function actOnDeliveryStatus(
  tx: Tx,
  ctx: Context,
  arrival: Arrival,
  status: DeliveryStatus,
): Promise<boolean> {
  const proof = await findProven(tx, ctx, {
    returnPathTokens: listReturnPathTokens(arrival.parsed),
    envelopeId: status.originalEnvelopeId,
    mailwardenId: status.originalMailwardenId,
    internetMessageId: status.originalInternetMessageId,
    at: arrival.at,
  });
  if (proof.kind === 'unproven') {
    await ignoreReport(tx, ctx, arrival, proof.why);
    return false;
  }
  const reports = new Map<Delivery, ReportedRecipient[]>();
  for (const reported of status.recipients) {
    const delivery = attribute(ctx, proof, reported.address);
    if (delivery === undefined) continue;
    reports.set(delivery, [...(reports.get(delivery) ?? []), reported]);
  }
  if (reports.size === 0) await ignoreReport(tx, ctx, arrival, 'recipient_unknown');
  let suppressed = false;
  for (const [delivery, reported] of reports) {
    if (await actOnOne(tx, ctx, arrival, { delivery, reported })) suppressed = true;
  }
  return suppressed;
}

interface Report {
  readonly delivery: Delivery;
  /** All that is said about that delivery: several lines when it was passed on to several. */
  readonly reported: readonly ReportedRecipient[];
}

async function actOnOne(
  tx: Tx,
  ctx: Context,
  arrival: Arrival,
  { delivery, reported }: Report,
): Promise<boolean> {
  const arrived = reported.find(({ action }) => ARRIVED.has(action));
  if (arrived !== undefined) {
    await markDelivered(tx, ctx, arrival, { delivery, arrived });
    return false;
  }
  const failed = reported.filter(({ action }) => action === 'failed');
  // Passed on to several, it is lost only when it is lost everywhere.
  if (failed.length < reported.length || delivery.bounced_at !== null) return false;
  return markBounced(tx, ctx, arrival, { delivery, reported: failed });
}

/** `expanded`: a list took it and passes it on (RFC 3464 §2.3.3). */
const ARRIVED: ReadonlySet<ReportedRecipient['action']> = new Set([
  'delivered',
  'relayed',
  'expanded',
]);

async function markDelivered(
  tx: Tx,
  ctx: Context,
  { id, at }: Arrival,
  { delivery, arrived }: { readonly delivery: Delivery; readonly arrived: ReportedRecipient },
): Promise<void> {
  const data = { reportId: id, action: arrived.action };
  if (delivery.state === 'unknown') {
    const code = arrived.action.toUpperCase();
    const reason = 'A report says that the message arrived.';
    const move = { from: delivery, to: 'sent', code, reason, data } as const;
    await transition(tx, { ...move, actor: 'system', at: ctx.now(), patch: { sent_at: at } });
  }
  // Beyond a relay nobody reports: it went on, and that is all that is known.
  if (arrived.action === 'relayed' || delivery.delivered_at !== null) return;
  await stamp(tx, ctx, delivery, { delivered_at: at });
  await appendEvents(tx, ctx.tenant, [toEvent(ctx, delivery, 'delivery.delivered', data)]);
}

async function markBounced(
  tx: Tx,
  ctx: Context,
  { id, at }: Arrival,
  { delivery, reported }: Report,
): Promise<boolean> {
  const reason = toReason(reported);
  const { family, phrase } = REPLY_REASONS[reason];
  const isDead = reported.every(({ permanent }) => permanent);
  const status = reported[0]?.status;
  const code = reason.toUpperCase();
  const data = {
    ...{ reportId: id, code, family, permanent: isDead },
    ...(status !== undefined && STATUS.test(status) ? { status } : {}),
  };
  if (delivery.state === 'unknown') {
    const why = `A report says that it was not delivered: ${phrase}.`;
    const move = { from: delivery, to: 'failed', code, reason: why, data } as const;
    await transition(tx, { ...move, actor: 'system', at: ctx.now() });
  }
  await stamp(tx, ctx, delivery, { bounced_at: at });
  await appendEvents(tx, ctx.tenant, [toEvent(ctx, delivery, 'delivery.bounced', data)]);
  return recordFailure(tx, ctx, delivery, { reason, isDead, source: `report:${id}`, at });
}

/** RFC 3463 §2; whatever else stands there stays out of events. */
const STATUS = /^[245]\.\d{1,3}\.\d{1,3}$/;

/** Several lines for one address: one that leaves hope says what it is. */
function toReason(reported: readonly ReportedRecipient[]): ReplyReason {
  const line = reported.find(({ permanent }) => !permanent) ?? reported[0];
  return line === undefined || line.reason === 'delivered' ? 'undefined' : line.reason;
}

async function stamp(
  tx: Tx,
  ctx: Context,
  { id }: Delivery,
  times: { readonly bounced_at: number } | { readonly delivered_at: number },
): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ ...times, updated_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id)
    .execute();
}

function toEvent(
  ctx: Context,
  { id, message_id, mailbox }: Delivery,
  type: string,
  data: Readonly<Record<string, string | number | boolean>>,
) {
  const subject = { mailbox, messageId: message_id, deliveryId: id };
  return { at: ctx.now(), type, actor: 'system', ...subject, data };
}
