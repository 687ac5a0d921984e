import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import type { DeliveryStatus, ReportedRecipient } from '../delivery-status/delivery-status.ts';
import { listReturnPathTokens } from '../list-return-path-tokens.ts';
import type { Arrival } from './arrival.ts';
import { attribute } from './attribute.ts';
import { findProven } from './find-proven.ts';
import { ignoreReport } from './ignore-report.ts';
import { type Bounce, markBounced } from './mark-bounced.ts';
import { markDelivered } from './mark-delivered.ts';

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
    reported: arrival.reported,
    at: arrival.at,
  });
  if (proof.kind === 'unproven') {
    ignoreReport(ctx, arrival, proof.why);
    return false;
  }
  const reports = new Map<Delivery, ReportedRecipient[]>();
  for (const reported of status.recipients) {
    const delivery = attribute(ctx, proof, reported.address);
    if (delivery === undefined) continue;
    reports.set(delivery, [...(reports.get(delivery) ?? []), reported]);
  }
  if (reports.size === 0) ignoreReport(ctx, arrival, 'recipient_unknown');
  let suppressed = false;
  for (const [delivery, reported] of reports) {
    if (await actOnOne(tx, ctx, arrival, { delivery, reported })) suppressed = true;
  }
  return suppressed;
}

async function actOnOne(
  tx: Tx,
  ctx: Context,
  { id, at }: Arrival,
  { delivery, reported }: Bounce,
): Promise<boolean> {
  const by = { source: `report:${id}`, data: { reportId: id }, at };
  const arrived = reported.find(({ action }) => ARRIVED.has(action));
  if (arrived !== undefined) {
    await markDelivered(tx, ctx, by, { delivery, action: arrived.action });
    return false;
  }
  const failed = reported.filter(({ action }) => action === 'failed');
  // Passed on to several, it is lost only when it is lost everywhere.
  if (failed.length < reported.length) return false;
  return markBounced(tx, ctx, by, { delivery, reported: failed });
}

/** `expanded`: a list took it and passes it on (RFC 3464 §2.3.3). */
const ARRIVED: ReadonlySet<ReportedRecipient['action']> = new Set([
  'delivered',
  'relayed',
  'expanded',
]);
