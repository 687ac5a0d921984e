import { maskSlots } from '../compose/slots.ts';
import { toDeliveryView } from '../deliveries/list-deliveries.ts';
import { parseInboundFacts } from '../inbound/inbound-facts.ts';
import type { EmailView } from '../operations/results.ts';
import type { Message } from '../storage/tables/message.ts';
import type { MessageDetails } from './load-message-details.ts';
import type { OutboundAttachment } from './outbound-content.ts';
import { type TextPart, toTextPart } from './text-part.ts';
import { toAttachmentView } from './to-attachment-view.ts';

/** A message with a part of its body. */
export function toEmailView(row: Message, details: MessageDetails, part: TextPart): EmailView {
  const { text: body, nextOffset } = toTextPart(toBody(row), part);
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
    body,
    truncated: nextOffset !== undefined,
    ...(nextOffset === undefined ? {} : { nextOffset }),
    attachments: (JSON.parse(row.attachments) as OutboundAttachment[]).map(toAttachmentView),
    ...(inbound ? { authenticated: parseInboundFacts(row.inbound_facts).authenticated } : {}),
    ...(inbound ? { firstSeen: details.firstSeen } : {}),
    ...(inbound ? { autoSubmitted: row.auto_submitted === 1 } : {}),
    ...(inbound && row.in_sent_folder === 1 ? { sentElsewhere: true as const } : {}),
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
