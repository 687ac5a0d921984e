/** Where a delivery stands (architecture.md §7). */
export type DeliveryState =
  | 'held'
  | 'queued'
  | 'claimed'
  | 'sending'
  | 'sent'
  | 'deferred'
  | 'unknown'
  | 'blocked'
  | 'rejected'
  | 'failed'
  | 'expired'
  | 'cancelled';

/** The buckets whose counts add up to the candidates at any instant (P5). */
export type Bucket =
  | 'pending'
  | 'held'
  | 'deferred'
  | 'sent'
  | 'blocked'
  | 'failed'
  | 'unknown'
  | 'stopped';

/** Which bucket a state counts in: total and exclusive (P5). */
export function toBucket(state: DeliveryState): Bucket {
  switch (state) {
    case 'queued':
    case 'claimed':
    case 'sending':
      return 'pending';
    case 'held':
      return 'held';
    case 'deferred':
      return 'deferred';
    case 'sent':
      return 'sent';
    case 'blocked':
      return 'blocked';
    case 'failed':
    case 'expired':
      return 'failed';
    case 'unknown':
      return 'unknown';
    case 'rejected':
    case 'cancelled':
      return 'stopped';
  }
}

/** The only moves there are; a state with none is terminal. */
export const TRANSITIONS: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  held: ['queued', 'blocked', 'rejected', 'expired', 'cancelled', 'held'],
  // Deferred, held, blocked: decided in the claiming transaction, so no lease was ever visible.
  queued: ['claimed', 'deferred', 'held', 'blocked', 'cancelled'],
  claimed: ['sending', 'queued', 'failed', 'cancelled'],
  sending: ['sent', 'deferred', 'failed', 'unknown', 'expired'],
  deferred: ['queued', 'cancelled'],
  unknown: ['sent', 'failed'],
  sent: [],
  blocked: [],
  rejected: [],
  failed: [],
  expired: [],
  cancelled: [],
};
