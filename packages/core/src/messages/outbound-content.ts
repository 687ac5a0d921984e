import type { Address } from '../identity/address.ts';
import type { Category, OversightMode } from '../policy/modes.ts';

/** Everything about an outbound message that a reader sees or that a decision depends on. */
export interface OutboundContent {
  readonly id: string;
  readonly mailbox: Address;
  readonly fromName?: string;
  readonly threadId: string;
  /** Minted once, without brackets. */
  readonly internetMessageId: string;
  readonly inReplyTo?: string;
  /** Our id of the message that this one answers. */
  readonly parentId?: string;
  readonly references: readonly string[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly replyTo?: Address;
  readonly subject: string;
  /** Markdown, after a template was filled in. */
  readonly body: string;
  /** Rendered, with named slots. */
  readonly text: string;
  readonly html: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly attachments: readonly OutboundAttachment[];
  readonly category: Category;
  readonly topic?: string;
  readonly campaign?: string;
  readonly variant?: string;
  readonly template?: string;
  readonly templateHash?: string;
  /** As they were given; the digest binds what they became. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly requestedMode?: OversightMode;
  /** Epoch ms. */
  readonly sendAt?: number;
  readonly nonce: string;
}

export interface OutboundAttachment {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  /** Inbound: the character set that its type named; see `toCharset`. */
  readonly charset?: string;
}
