import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** Version of the list below; raise it when a field is added. */
const VERSION = 1;

/** Everything that an approval binds to (architecture.md §6). Absent is `null` or an empty list. */
export interface DigestContent {
  readonly nonce: string;
  readonly mailbox: string;
  /** Envelope recipients; their order does not matter. */
  readonly recipients: readonly string[];
  readonly from: { readonly address: string; readonly name: string | null };
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: string | null;
  readonly subject: string;
  /** Message-ID without brackets. */
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** Caller headers that go out. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Rendered parts with their slots. */
  readonly text: string;
  readonly html: string | null;
  readonly attachments: readonly DigestAttachment[];
  readonly category: string;
  readonly topic: string | null;
  readonly campaign: string | null;
  /** Not before, epoch ms. */
  readonly sendNotBefore: number | null;
  /** The legal entity that sends: the key of `senders`. */
  readonly identity: string | null;
  /** `id@hash` of the template. */
  readonly templateVersion: string | null;
}

export interface DigestAttachment {
  readonly name: string;
  readonly type: string;
  /** Hex. */
  readonly sha256: string;
}

/**
 * What is approved: SHA-256 (hex) over the RFC 8785 JSON of the content. Members that are not in
 * {@link DigestContent} are ignored. Throws `ARGUMENT_INVALID` for text that is no Unicode.
 */
export function contentDigest(content: DigestContent): string {
  const canonical = canonicalJson({
    version: VERSION,
    nonce: content.nonce,
    mailbox: content.mailbox,
    recipients: content.recipients.toSorted(),
    from: { address: content.from.address, name: content.from.name },
    to: content.to,
    cc: content.cc,
    bcc: content.bcc,
    replyTo: content.replyTo,
    subject: content.subject,
    inReplyTo: content.inReplyTo,
    references: content.references,
    headers: content.headers,
    text: content.text,
    html: content.html,
    attachments: content.attachments.map(({ name, type, sha256 }) => ({ name, type, sha256 })),
    category: content.category,
    topic: content.topic,
    campaign: content.campaign,
    sendNotBefore: content.sendNotBefore,
    identity: content.identity,
    templateVersion: content.templateVersion,
  });
  return hash('sha256', canonical, 'hex');
}
