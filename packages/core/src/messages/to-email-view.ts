import { maskSlots } from '../compose/slots.ts';
import { toDeliveryView } from '../deliveries/list-deliveries.ts';
import { maskTokens } from '../identity/mask-tokens.ts';
import { parseInboundFacts } from '../inbound/inbound-facts.ts';
import { newTextToMarkdown } from '../inbound/markdown/new-text-to-markdown.ts';
import type { EmailView } from '../operations/results.ts';
import type { Message } from '../storage/tables/message.ts';
import type { EmailDetails } from './load-email-details.ts';
import type { OutboundAttachment } from './outbound-content.ts';
import { type TextPart, toTextPart } from './text-part.ts';
import { toAttachmentView } from './to-attachment-view.ts';

/** How much HTML one call makes Markdown of; what goes beyond it is shown as text. */
export interface MarkdownBudget {
  characters: number;
}

/** A person's mail has some ten thousand characters; making Markdown of these takes two seconds at worst. */
export const MARKDOWN_BUDGET = 500_000;

/** A message with a part of its body; `budget` is kept. */
export function toEmailView(
  row: Message,
  details: EmailDetails,
  part: TextPart & { readonly budget: MarkdownBudget },
): EmailView {
  const markdown = toMarkdown(row, part.budget);
  const { text: body, nextOffset } = toTextPart(markdown ?? toBody(row), part);
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
    ...(markdown === undefined ? {} : { bodyFormat: 'markdown' as const }),
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
  // Also of mail that was stored when fewer of them were known.
  if (row.direction === 'inbound') return maskTokens(row.new_text ?? row.text);
  return row.nonce === null ? row.text : maskSlots(row.text, row.nonce);
}

/** Of the HTML, where the new text was read from it. */
function toMarkdown(row: Message, budget: MarkdownBudget): string | undefined {
  const { direction, html, new_text: newText } = row;
  if (direction !== 'inbound' || html === null || newText === null) return undefined;
  if (html.length > budget.characters) return undefined;
  budget.characters -= html.length;
  const markdown = newTextToMarkdown(html, (text) => maskTokens(text) === maskTokens(newText));
  // A name that tags take apart is put together again.
  return markdown === undefined ? undefined : maskTokens(markdown);
}
