import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import type { Address } from '../../identity/address.ts';
import { findReturnPathToken } from '../../identity/return-path.ts';
import { ERASED } from '../../rights/erased.ts';
import { openStopRequest } from '../../stop-requests/open-stop-request.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import { SHARED_REPORT } from '../../suppression/is-shared-report.ts';
import { suppress } from '../../suppression/suppress.ts';
import { recordUnsubscribe } from '../../unsubscribe/record-unsubscribe.ts';
import { toUnsubscribeSubject } from '../../unsubscribe/to-unsubscribe-subject.ts';
import type { FeedbackReport } from '../feedback-report.ts';
import type { Arrival } from './arrival.ts';
import { attribute } from './attribute.ts';
import { findProven } from './find-proven.ts';
import { ignoreReport } from './ignore-report.ts';

/** Reports that are no complaint: the opposite of one, and what a server thought of our DKIM. */
const NO_COMPLAINT: ReadonlySet<string> = new Set(['not-spam', 'auth-failure']);

/**
 * What a complaint does: it marks the delivery and stops marketing, of every sender, to whom *we*
 * wrote; an opt-out is an unsubscribe. The address in the report counts only where the message had several recipients. Returns
 * whether somebody was suppressed.
 */
export async function actOnFeedback(
  tx: Tx,
  ctx: Context,
  arrival: Arrival,
  report: FeedbackReport,
): Promise<boolean> {
  if (NO_COMPLAINT.has(report.type)) return false;
  const token = findReturnPathToken(report.originalMailFrom ?? '');
  const proof = await findProven(tx, ctx, {
    returnPathTokens: token === undefined ? [] : [token],
    envelopeId: report.originalEnvelopeId,
    mailwardenId: report.originalMailwardenId,
    internetMessageId: report.originalInternetMessageId,
    at: arrival.at,
  });
  if (proof.kind === 'unproven') {
    await ignoreReport(tx, ctx, arrival, proof.why);
    return false;
  }
  const delivery = attribute(ctx, proof, report.originalRecipient);
  if (delivery !== undefined && report.type === 'opt-out') {
    return optOut(tx, ctx, arrival, { delivery, isOnly: proof.isOnly });
  }
  if (delivery !== undefined) {
    const source = `${proof.isOnly ? 'report:' : SHARED_REPORT}${arrival.id}`;
    return complain(tx, ctx, arrival, { delivery, type: report.type, source });
  }
  await ignoreReport(tx, ctx, arrival, 'recipient_unknown');
  return false;
}

/** Where the others had the mail, too, any of them can have written it: a person reads it first. */
async function optOut(
  tx: Tx,
  ctx: Context,
  { id, mailbox }: Arrival,
  { delivery, isOnly }: { readonly delivery: Delivery; readonly isOnly: boolean },
): Promise<boolean> {
  if (!isOnly) {
    await openStopRequest(tx, ctx, { messageId: id, mailbox: mailbox.address, delivery });
    return false;
  }
  const wish = { scope: 'marketing', via: 'report' } as const;
  return recordUnsubscribe(tx, ctx, toUnsubscribeSubject(delivery), wish);
}

interface Complaint {
  readonly delivery: Delivery;
  readonly type: string;
  readonly source: string;
}

async function complain(
  tx: Tx,
  ctx: Context,
  { id, at }: Arrival,
  { delivery, type, source }: Complaint,
): Promise<boolean> {
  if (delivery.complained_at !== null) return false;
  await tx
    .updateTable('delivery')
    .set({ complained_at: at, updated_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', delivery.id)
    .execute();
  await appendEvents(tx, ctx.tenant, [
    {
      at: ctx.now(),
      type: 'delivery.complained',
      actor: 'recipient',
      mailbox: delivery.mailbox,
      messageId: delivery.message_id,
      deliveryId: delivery.id,
      data: { reportId: id, feedback: KNOWN.has(type) ? type : 'other' },
    },
  ]);
  // Who was erased is suppressed for good.
  if (delivery.recipient === ERASED) return false;
  const { added } = await suppress(tx, ctx, {
    address: delivery.recipient as Address,
    scope: 'marketing',
    reason: 'complaint',
    source,
  });
  return added;
}

/** RFC 5965 §7.3; other words come from outside and stay out of events. */
const KNOWN: ReadonlySet<string> = new Set(['abuse', 'fraud', 'virus', 'other']);
