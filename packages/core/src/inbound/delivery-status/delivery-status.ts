import type { ReplyFamily, ReplyReason } from '../../transport/reply-reasons.ts';

/** What became of a message for one recipient (RFC 3464 §2.3.3). */
export type DeliveryAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';

/** One recipient of a report. */
export interface ReportedRecipient {
  /**
   * The address as the reporting server knows it: after forwarding another one than was written to.
   * Untrusted; it must not be acted on by itself.
   */
  readonly address: string;
  readonly action: DeliveryAction;
  /** Enhanced status code such as `5.1.1` (RFC 3463). */
  readonly status?: string;
  /** SMTP reply code such as 550. */
  readonly replyCode?: number;
  /** What the server said, in its words; untrusted, at most 1,000 characters. */
  readonly diagnostic?: string;
  /** Absent sense is `undefined`; a message that arrived has `delivered`. */
  readonly reason: ReplyReason | 'delivered';
  readonly family: ReplyFamily;
  /** The address is dead: not that the code began with 5. */
  readonly permanent: boolean;
}

/** A report that mail could not be delivered, was delayed, or arrived. */
export interface DeliveryStatus {
  /** Message-ID of the message that the report is about, without brackets. */
  readonly originalInternetMessageId?: string;
  /** What the sender named the envelope (RFC 3464 §2.2.1). */
  readonly originalEnvelopeId?: string;
  /** X-Mailwarden-Id of the message that came back. */
  readonly originalMailwardenId?: string;
  /** At most 100. */
  readonly recipients: readonly ReportedRecipient[];
}
