import { maskSlots } from '../compose/slots.ts';
import { parseInboundFacts } from '../inbound/inbound-facts.ts';
import type { AttachmentView, DeliveryView, EmailView } from '../operations/results.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import type { MessageDetails } from './load-message-details.ts';

/** A whole message; its body is cut at `maxBody` characters. */
export function toEmailView(row: Message, details: MessageDetails, maxBody: number): EmailView {
  const text = toBody(row);
  const inbound = row.direction === 'inbound';
  return {
    id: row.id,
    threadId: row.thread_id,
    mailbox: row.mailbox,
    direction: row.direction,
    from: row.from_address,
    to: JSON.parse(row.to_addresses) as string[],
    cc: JSON.parse(row.cc_addresses) as string[],
    subject: row.subject,
    at: row.created_at,
    tags: details.tags,
    body: text.slice(0, maxBody).toWellFormed(),
    truncated: text.length > maxBody,
    attachments: (JSON.parse(row.attachments) as AttachmentView[]).map(toAttachmentView),
    ...(inbound ? { authenticated: parseInboundFacts(row.inbound_facts).authenticated } : {}),
    ...(inbound ? { autoSubmitted: row.auto_submitted === 1 } : {}),
    ...(inbound ? {} : { deliveries: details.deliveries.map(toDeliveryView) }),
    ...(row.parent_id === null ? {} : { inReplyToMessageId: row.parent_id }),
    ...(row.campaign === null ? {} : { campaign: row.campaign }),
  };
}

/** What the person wrote, or our own text without live links. */
function toBody(row: Message): string {
  if (row.direction === 'inbound') return row.new_text ?? row.text;
  return row.nonce === null ? row.text : maskSlots(row.text, row.nonce);
}

function toAttachmentView({ id, name, type, size }: AttachmentView): AttachmentView {
  return { id, name, type, size };
}

function toDeliveryView(row: Delivery): DeliveryView {
  return {
    id: row.id,
    recipient: row.recipient,
    state: row.state,
    code: row.reason_code,
    reason: row.reason,
    attempts: row.attempts,
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
  };
}
