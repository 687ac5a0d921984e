import { contentDigest } from '../compose/content-digest.ts';
import type { OutboundContent } from './outbound-content.ts';

/** What an approval of this content binds to (P4). */
export function digestOutbound(content: OutboundContent): string {
  return contentDigest({
    version: 1,
    nonce: content.nonce,
    mailbox: content.mailbox,
    recipients: [...content.to, ...content.cc, ...content.bcc],
    from: content.fromName === undefined ? content.mailbox : `${content.fromName} <${content.mailbox}>`,
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
    attachments: content.attachments.map(({ name, type, sha256 }) => ({ name, type, sha256 })),
    category: content.category,
    topic: content.topic ?? null,
    campaign: content.campaign ?? null,
    sendNotBefore: content.sendAt ?? null,
    identity: content.internetMessageId,
    templateVersion: content.templateHash ?? null,
  });
}
