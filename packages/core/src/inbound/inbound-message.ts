import type { Authentication, AuthenticationResult } from './authentication.ts';
import type { AutoReply } from './auto-reply.ts';
import type { DeliveryStatus } from './delivery-status/delivery-status.ts';
import type { FeedbackReport } from './feedback-report.ts';
import type { LoopSigns } from './loop-signs.ts';
import type { ParsedAttachment } from './parse-attachments.ts';
import type { Correspondent } from './parse-correspondents.ts';
import type { EnvelopeRecipient } from './recipient-fields.ts';

/**
 * A message from outside, understood as far as it can be. Everything in it is untrusted: a report,
 * a complaint and an address in them are what the sender claims.
 */
export interface InboundMessage {
  /** What kind of mail it is; `message` is what people write, and lists, and shops. */
  readonly kind: 'message' | 'delivery_status' | 'feedback_report' | 'auto_reply';
  /** Message-ID without brackets; made from the hash of the bytes when there is none. */
  readonly internetMessageId: string;
  readonly inReplyTo?: string;
  /** Oldest first, at most 100. */
  readonly references: readonly string[];
  /** Absent when From holds no address that mail could be sent to. */
  readonly from?: Correspondent;
  /** From as it stands there, for people to look at. */
  readonly fromText: string;
  readonly to: readonly Correspondent[];
  readonly cc: readonly Correspondent[];
  readonly replyTo?: Correspondent;
  /** Where servers on the way say that it went (Delivered-To, X-Original-To …), topmost first. */
  readonly deliveredTo: readonly string[];
  /**
   * The part of them that was written after the first server that took it over SMTP, and for whom
   * that server says it was: nobody else's word, where your own server is that one. Topmost first.
   */
  readonly envelopeRecipients: readonly EnvelopeRecipient[];
  readonly subject: string;
  /** The Date field, epoch ms. */
  readonly date?: number;
  /** The text part; made from the HTML when there is none. */
  readonly text: string;
  readonly html?: string;
  /**
   * What the person wrote, without quoted history, signature, line of the phone and disclaimer.
   * Lines that begin with `>` stay where the person answers them one by one. Empty for an answer
   * without a word; the whole text for a forward without one.
   */
  readonly newText: string;
  /** The quoted history, if there is any, and the lines above it that say who wrote it. */
  readonly quotedText?: string;
  /** Signature, line of the phone and disclaimer, if there are any. */
  readonly signature?: string;
  readonly attachments: readonly ParsedAttachment[];
  /** What the fields claim, whoever wrote them; `authentication` is what may be believed. */
  readonly authenticationResults: readonly AuthenticationResult[];
  readonly authentication: Authentication;
  /** The keyword of Auto-Submitted (RFC 3834 §5), lower case; absent for `no` and without the field. */
  readonly autoSubmitted?: string;
  /** The mailing list that it came through (RFC 2919), without brackets. */
  readonly listId?: string;
  readonly loop: LoopSigns;
  /** Set when `kind` is `delivery_status`. */
  readonly deliveryStatus?: DeliveryStatus;
  /** Set when `kind` is `feedback_report`. */
  readonly feedbackReport?: FeedbackReport;
  /** Set when `kind` is `auto_reply`. */
  readonly autoReply?: AutoReply;
  /** SHA-256 of the bytes, hex. */
  readonly rawSha256: string;
  /** What was wrong with it, as codes such as `from_missing`; nothing is thrown. */
  readonly defects: readonly string[];
}
