import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';
import type { FeedbackReport } from '../feedback-report.ts';
import { actOnDeliveryStatus } from './act-on-delivery-status.ts';
import { actOnFeedback } from './act-on-feedback.ts';
import { actOnStopRequest } from './act-on-stop-request.ts';
import { actOnUnsubscribeMail } from './act-on-unsubscribe-mail.ts';
import type { Arrival } from './arrival.ts';
import { noteAutoReply } from './note-auto-reply.ts';

/**
 * What mail from outside does besides being there. It only ever adds: a time on a delivery, a
 * suppression, an event; whoever forges one can stop mail and nothing else. Returns whether somebody
 * was suppressed.
 */
export async function actOnArrival(tx: Tx, ctx: Context, arrival: Arrival): Promise<boolean> {
  const { answered } = arrival;
  const unsubscribed = await actOnUnsubscribeMail(tx, ctx, arrival);
  if (unsubscribed !== undefined) return unsubscribed;
  const { deliveryStatus, feedbackReport, autoReply } = arrival.parsed;
  if (deliveryStatus !== undefined) {
    return actOnDeliveryStatus(tx, ctx, arrival, deliveryStatus);
  }
  if (feedbackReport !== undefined && !isOwnWish(feedbackReport)) {
    return actOnFeedback(tx, ctx, arrival, feedbackReport);
  }
  if (autoReply !== undefined && answered !== undefined) {
    await noteAutoReply(tx, ctx, arrival, { answered, autoReply });
  }
  return actOnStopRequest(tx, ctx, arrival);
}

/** Apple Mail writes in its reader's name and says nothing of which mail it is about. */
function isOwnWish({ type, originalInternetMessageId }: FeedbackReport): boolean {
  return type === 'opt-out' && originalInternetMessageId === undefined;
}
