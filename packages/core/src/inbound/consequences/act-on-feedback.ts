import type { Context } from '../../context.ts';
import { findReturnPathToken } from '../../identity/return-path.ts';
import { openStopRequest } from '../../stop-requests/open-stop-request.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import { SHARED_REPORT } from '../../suppression/is-shared-report.ts';
import { recordUnsubscribe } from '../../unsubscribe/record-unsubscribe.ts';
import { toUnsubscribeSubject } from '../../unsubscribe/to-unsubscribe-subject.ts';
import type { FeedbackReport } from '../feedback-report.ts';
import type { Arrival } from './arrival.ts';
import { attribute } from './attribute.ts';
import { findProven } from './find-proven.ts';
import { ignoreReport } from './ignore-report.ts';
import { isComplaint, markComplained } from './mark-complained.ts';

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
  if (!isComplaint(report.type)) return false;
  const token = findReturnPathToken(report.originalMailFrom ?? '');
  const proof = await findProven(tx, ctx, {
    returnPathTokens: token === undefined ? [] : [token],
    envelopeId: report.originalEnvelopeId,
    mailwardenId: report.originalMailwardenId,
    internetMessageId: report.originalInternetMessageId,
    reported: arrival.reported,
    at: arrival.at,
  });
  if (proof.kind === 'unproven') {
    ignoreReport(ctx, arrival, proof.why);
    return false;
  }
  const delivery = attribute(ctx, proof, report.originalRecipient);
  if (delivery !== undefined && report.type === 'opt-out') {
    return optOut(tx, ctx, arrival, { delivery, isOnly: proof.isOnly });
  }
  if (delivery !== undefined) {
    const source = `${proof.isOnly ? 'report:' : SHARED_REPORT}${arrival.id}`;
    const by = { source, data: { reportId: arrival.id }, at: arrival.at };
    return markComplained(tx, ctx, by, { delivery, type: report.type });
  }
  ignoreReport(ctx, arrival, 'recipient_unknown');
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
