import type { AttachmentKind } from '../attachments/attachment-kind.ts';
import type { DeliveryState } from '../deliveries/delivery-state.ts';
import type { Evidence } from '../policy/finding.ts';
import type { Category } from '../policy/modes.ts';

/** One row of a list; never a body. */
export interface MessageSummary {
  readonly id: string;
  readonly threadId: string;
  readonly mailbox: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Epoch ms: received or created. */
  readonly at: number;
  readonly tags: readonly string[];
  /** Inbound: not yet read by this agent. */
  readonly unread: boolean;
  /** Outbound: the state of its least finished delivery. */
  readonly state?: DeliveryState;
  readonly campaign?: string;
  /** Outbound: ids of inbound messages that answer it. */
  readonly replyIds: readonly string[];
}

export interface InboxPage {
  /** Messages that fit the filter, on all pages. */
  readonly total: number;
  readonly emails: readonly MessageSummary[];
  readonly cursor?: string;
}

/** One message, whole. For inbound mail everything in `untrusted` came from outside. */
export interface EmailView {
  readonly id: string;
  readonly threadId: string;
  readonly mailbox: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly at: number;
  readonly tags: readonly string[];
  /** Inbound: what the person wrote, without quoted history. Outbound: the text part, links masked. */
  readonly body: string;
  /** Inbound: it was read from HTML. Absent: plain text, in which nothing is escaped. */
  readonly bodyFormat?: 'markdown';
  /** True when the text goes on. */
  readonly truncated: boolean;
  /** Where it goes on: the `offset` of the next `readEmail`. */
  readonly nextOffset?: number;
  /** Inbound: the operator's own server proved that it is from `from` (DMARC). */
  readonly authenticated?: boolean;
  /** Inbound: no earlier mail from this address in this mailbox, but for what is in quarantine. */
  readonly firstSeen?: boolean;
  readonly autoSubmitted?: boolean;
  /** A person sent it from this mailbox with another program. */
  readonly sentElsewhere?: true;
  readonly attachments: readonly AttachmentView[];
  readonly inReplyToMessageId?: string;
  readonly deliveries?: readonly DeliveryView[];
  readonly campaign?: string;
}

export interface AttachmentView {
  /** The handle: pass it to `attachments` of a send, or to `readAttachment`. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** By what the message says of it, its text can be read. */
  readonly readable: boolean;
}

/** The text of an attachment, or a part of it. All of it came from outside. */
export interface AttachmentText {
  readonly id: string;
  readonly messageId: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** As what it was read. */
  readonly kind: AttachmentKind;
  readonly text: string;
  /** True when the text goes on. */
  readonly truncated: boolean;
  /** Where it goes on: the `offset` of the next `readAttachment`. */
  readonly nextOffset?: number;
  /** The file holds more than is ever read of one. */
  readonly incomplete?: true;
}

export interface DeliveryView {
  readonly id: string;
  readonly recipient: string;
  readonly state: DeliveryState;
  readonly code: string;
  readonly reason: string;
  readonly attempts: number;
  readonly sentAt?: number;
  /** The delivery that ended unknown, when this one is to make sure. */
  readonly resendOf?: string;
  /** While it is `unknown`: what there is to look for in the next server's log. */
  readonly lastAttempt?: LastAttempt;
}

/** The attempt whose end nobody knows. */
export interface LastAttempt {
  readonly number: number;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Where it went, if the transport says so. */
  readonly host?: string;
  /** How far the dialogue got, if the worker lived to tell. */
  readonly phase?: string;
  /** The Message-ID field, without angle brackets. */
  readonly internetMessageId: string;
}

export interface ThreadView {
  readonly threadId: string;
  readonly subject: string;
  readonly participants: readonly string[];
  /** Oldest first; bodies cut. */
  readonly emails: readonly EmailView[];
}

export interface TagResult {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly tags: readonly string[];
}

export interface ContactView {
  readonly id: string;
  readonly email: string;
  readonly name?: string;
  readonly tags: readonly string[];
  /** Whether marketing on no topic from this mailbox would pass suppression and consent right now. */
  readonly canEmail: boolean;
  readonly canEmailReason: string;
}

export interface ContactPage {
  readonly total: number;
  readonly contacts: readonly ContactView[];
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  readonly cursor?: string;
}

/** What waits for a person, as its author and a reviewer see it. */
export interface PendingView {
  readonly id: string;
  readonly mailbox: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly agent: string;
  readonly category: Category | 'inbound';
  readonly campaign?: string;
  readonly tags: readonly string[];
  readonly code: string;
  readonly reason: string;
  readonly needs: 'look' | 'fact';
  /** `rejected` is listed to its author only, with the reviewer's reason. */
  readonly state: 'held' | 'rejected';
  readonly revision: number;
  /** Names this revision with its open findings; give it to `decide`. */
  readonly review: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /**
   * A delivery of this message that ended unknown: it may have arrived, and an approval sends it once
   * more.
   */
  readonly resendOf?: string;
}

export interface PendingPage {
  readonly total: number;
  readonly messages: readonly PendingView[];
  readonly cursor?: string;
}

/** Everything a reviewer is shown before deciding; links are masked. */
export interface ReviewView extends PendingView {
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo?: string;
  readonly body: string;
  readonly text: string;
  readonly html: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly attachments: readonly AttachmentView[];
  readonly digest: string;
  readonly findings: readonly {
    code: string;
    message: string;
    /** For people: `words` are as they stand, `where` in subject or body, from `offset` on. */
    evidence: Evidence;
    needs?: 'look' | 'fact';
    isNew: boolean;
  }[];
  readonly revises?: { readonly messageId: string; readonly round: number };
  readonly revisions: readonly {
    readonly revision: number;
    readonly editedBy: string;
    readonly subject: string;
    readonly body: string;
  }[];
}

export interface DecideResult {
  readonly messageId: string;
  readonly decision: 'approve' | 'reject';
  readonly revision: number;
  /** State of the message after the decision: `queued`, `rejected`, or `held` when something new came up. */
  readonly state: DeliveryState;
  readonly code: string;
  readonly reason: string;
}

/** P5: candidates and what became of each; the buckets add up to `candidates`. */
export interface Accounting {
  readonly candidates: number;
  readonly pending: number;
  readonly held: number;
  readonly deferred: number;
  readonly sent: number;
  readonly blocked: number;
  readonly failed: number;
  readonly unknown: number;
  readonly stopped: number;
}
