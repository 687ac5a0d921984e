import type { DeliveryState } from '../deliveries/delivery-state.ts';
import type { MessageSummary } from '../operations/results.ts';
import type { Message } from '../storage/tables/message.ts';
import type { MessageDetails } from './load-message-details.ts';

/** Least finished first. */
const PROGRESS: readonly DeliveryState[] = [
  'held',
  'queued',
  'deferred',
  'claimed',
  'sending',
  'unknown',
  'rejected',
  'blocked',
  'failed',
  'expired',
  'cancelled',
  'sent',
];

/** A message as one row of a list. */
export function toMessageSummary(row: Message, details: MessageDetails): MessageSummary {
  const states = details.deliveries.map(({ state }) => state);
  const state = PROGRESS.find((candidate) => states.includes(candidate));
  return {
    id: row.id,
    threadId: row.thread_id,
    mailbox: row.mailbox,
    direction: row.direction,
    from: row.from_address,
    to: JSON.parse(row.to_addresses) as string[],
    subject: row.subject,
    at: row.created_at,
    tags: details.tags,
    unread: row.direction === 'inbound' && row.in_sent_folder === 0 && !details.read,
    replyIds: details.replyIds,
    ...(state === undefined ? {} : { state }),
    ...(row.campaign === null ? {} : { campaign: row.campaign }),
  };
}
