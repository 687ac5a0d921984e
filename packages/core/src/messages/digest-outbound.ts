import { contentDigest } from '../compose/content-digest.ts';
import type { Mailbox } from '../context.ts';
import type { OutboundContent } from './outbound-content.ts';

/** What an approval of this content, sent from this mailbox, binds to (P4). */
export function digestOutbound(content: OutboundContent, mailbox: Mailbox): string {
  return contentDigest({
    nonce: content.nonce,
    mailbox: content.mailbox,
    recipients: [...content.to, ...content.cc, ...content.bcc],
    from: { address: content.mailbox, name: content.fromName ?? null },
    to: content.to,
    cc: content.cc,
    bcc: content.bcc,
    replyTo: content.replyTo ?? null,
    subject: content.subject,
    inReplyTo: content.inReplyTo ?? null,
    references: content.references,
    headers: content.headers,
    text: content.text,
    html: content.html,
    attachments: content.attachments,
    category: content.category,
    topic: content.topic ?? null,
    campaign: content.campaign ?? null,
    sendNotBefore: content.sendAt ?? null,
    identity: mailbox.sender?.id ?? null,
    templateVersion:
      content.template === undefined ? null : `${content.template}@${content.templateHash ?? ''}`,
  });
}
