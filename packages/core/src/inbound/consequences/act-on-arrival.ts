import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';
import { actOnDeliveryStatus } from './act-on-delivery-status.ts';
import { actOnFeedback } from './act-on-feedback.ts';
import type { Arrival } from './arrival.ts';
import { noteAutoReply } from './note-auto-reply.ts';

/**
 * What mail from outside does besides being there. It only ever adds: a time on a delivery, a
 * suppression, an event; whoever forges one can stop mail and nothing else. Returns whether somebody
 * was suppressed.
 */
export async function actOnArrival(tx: Tx, ctx: Context, arrival: Arrival): Promise<boolean> {
  const { answered } = arrival;
  const { deliveryStatus, feedbackReport, autoReply } = arrival.parsed;
  if (deliveryStatus !== undefined) {
    return actOnDeliveryStatus(tx, ctx, arrival, deliveryStatus);
  }
  if (feedbackReport !== undefined) return actOnFeedback(tx, ctx, arrival, feedbackReport);
  if (autoReply !== undefined && answered !== undefined) {
    await noteAutoReply(tx, ctx, arrival, { answered, autoReply });
  }
  return false;
}
