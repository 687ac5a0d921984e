import type { Address } from '../identity/address.ts';
import type { OversightMode } from '../policy/modes.ts';
import type { Message } from '../storage/tables/message.ts';
import type { OutboundAttachment, OutboundContent } from './outbound-content.ts';

/** The content of an outbound row: what was decided on, to be decided on again. */
export function toOutboundContent(row: Message): OutboundContent {
  const optional = {
    ...present('fromName', row.from_name),
    ...present('inReplyTo', row.in_reply_to),
    ...present('parentId', row.parent_id),
    ...present('replyTo', row.reply_to as Address | null),
    ...present('topic', row.topic),
    ...present('campaign', row.campaign),
    ...present('variant', row.variant),
    ...present('template', row.template),
    ...present('templateHash', row.template_hash),
    ...present('requestedMode', row.requested_mode as OversightMode | null),
    ...present('sendAt', row.send_at),
    ...present(
      'variables',
      row.variables === null ? null : (JSON.parse(row.variables) as Record<string, string>),
    ),
  };
  return {
    id: row.id,
    mailbox: row.mailbox as Address,
    threadId: row.thread_id,
    internetMessageId: row.internet_message_id,
    references: JSON.parse(row.reference_ids) as string[],
    to: JSON.parse(row.to_addresses) as Address[],
    cc: JSON.parse(row.cc_addresses) as Address[],
    bcc: JSON.parse(row.bcc_addresses) as Address[],
    subject: row.subject,
    body: row.body ?? '',
    text: row.text,
    html: row.html ?? '',
    headers: JSON.parse(row.headers) as [string, string][],
    attachments: JSON.parse(row.attachments) as OutboundAttachment[],
    category: row.category ?? 'marketing',
    nonce: row.nonce ?? '',
    ...optional,
  };
}

function present<K extends string, V>(key: K, value: V | null): { readonly [P in K]?: V } {
  return (value === null ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
