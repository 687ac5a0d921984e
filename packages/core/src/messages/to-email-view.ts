import { maskSlots } from '../compose/slots.ts';
import { toDeliveryView } from '../deliveries/list-deliveries.ts';
import { parseInboundFacts } from '../inbound/inbound-facts.ts';
import type { AttachmentView, EmailView } from '../operations/results.ts';
import type { Message } from '../storage/tables/message.ts';
import type { MessageDetails } from './load-message-details.ts';

/** Which part of a body is shown, in UTF-16 units. */
export interface BodyPart {
  readonly offset?: number;
  readonly length: number;
}

/** A message with a part of its body. */
export function toEmailView(row: Message, details: MessageDetails, part: BodyPart): EmailView {
  const text = toBody(row);
  const start = toBoundary(text, part.offset ?? 0);
  const end = toBoundary(text, start + part.length);
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
    body: text.slice(start, end).toWellFormed(),
    truncated: end < text.length,
    ...(end < text.length ? { nextOffset: end } : {}),
    attachments: (JSON.parse(row.attachments) as AttachmentView[]).map(toAttachmentView),
    ...(inbound ? { authenticated: parseInboundFacts(row.inbound_facts).authenticated } : {}),
    ...(inbound ? { firstSeen: details.firstSeen } : {}),
    ...(inbound ? { autoSubmitted: row.auto_submitted === 1 } : {}),
    ...(inbound && row.in_sent_folder === 1 ? { sentElsewhere: true as const } : {}),
    ...(inbound ? {} : { deliveries: details.deliveries.map(toDeliveryView) }),
    ...(row.parent_id === null ? {} : { inReplyToMessageId: row.parent_id }),
    ...(row.campaign === null ? {} : { campaign: row.campaign }),
  };
}

/** Not in the middle of a character outside the Basic Multilingual Plane. */
function toBoundary(text: string, index: number): number {
  return /^[\uDC00-\uDFFF]/.test(text.slice(index, index + 1)) ? index - 1 : index;
}

/** What the person wrote, or our own text without live links. */
function toBody(row: Message): string {
  if (row.direction === 'inbound') return row.new_text ?? row.text;
  return row.nonce === null ? row.text : maskSlots(row.text, row.nonce);
}

function toAttachmentView({ id, name, type, size }: AttachmentView): AttachmentView {
  return { id, name, type, size };
}
