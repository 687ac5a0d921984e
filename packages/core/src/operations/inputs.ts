import type { ConsentBasis } from '../consent/consent-basis.ts';
import type { Category, OversightMode } from '../policy/modes.ts';

/** What `agent.send` takes. Empty strings, null and empty lists mean absent. */
export interface SendEmailInput {
  /** Optional when the handle has exactly one. */
  readonly mailbox?: string;
  readonly to?: string | readonly string[];
  readonly cc?: string | readonly string[];
  readonly bcc?: string | readonly string[];
  /** Required unless a template gives it. */
  readonly subject?: string;
  /** Markdown; a single newline is a line break, raw HTML is shown as text. */
  readonly body?: string;
  readonly tags?: string | readonly string[];
  /** `Name: value` each, or an object. */
  readonly headers?: readonly string[] | Readonly<Record<string, string>>;
  readonly category?: Category;
  readonly topic?: string;
  readonly campaign?: string;
  readonly variant?: string;
  readonly template?: string;
  /** `name=value` each, or an object. */
  readonly variables?: readonly string[] | Readonly<Record<string, string>>;
  /** ISO 8601 with offset, or epoch ms. */
  readonly sendAt?: string | number;
  /** Handles of attachments of messages that the agent may read. */
  readonly attachments?: readonly string[];
  /** Can only tighten. */
  readonly oversightMode?: OversightMode;
  readonly idempotencyKey?: string;
  /**
   * Which mail goes first when several wait for one person's next place under a frequency cap: 0 to
   * 9, the higher one; at the same priority the older one. @default 5
   */
  readonly priority?: number;
  /** The rejected or held message that this one replaces. */
  readonly revises?: string;
}

/** What `agent.reply` takes; recipients, subject and headers follow from the thread. */
export interface ReplyEmailInput {
  readonly mailbox?: string;
  /** The message to answer. */
  readonly messageId: string;
  readonly body: string;
  readonly tags?: string | readonly string[];
  readonly oversightMode?: OversightMode;
  readonly idempotencyKey?: string;
  readonly revises?: string;
  /** ISO 8601 with offset, or epoch ms. */
  readonly sendAt?: string | number;
  readonly attachments?: readonly string[];
}

/** What `checkInbox` takes; every filter narrows. */
export interface CheckInboxInput {
  readonly mailbox?: string;
  readonly filter?: InboxFilter;
  /** 1–100; 20 unless told. */
  readonly limit?: number;
  readonly cursor?: string;
}

export interface InboxFilter {
  /** `inbound` unless told, or `outbound` when `hasReplies` is given. */
  readonly direction?: 'inbound' | 'outbound' | 'any';
  /** All of them. */
  readonly tags?: string | readonly string[];
  readonly excludeTags?: string | readonly string[];
  /** Not yet read by this agent. */
  readonly unread?: boolean;
  /** Outbound mail that has been answered. */
  readonly hasReplies?: boolean;
  /** Part of the sender's address. */
  readonly from?: string;
  readonly subject?: string;
  /** Words in subject or text. */
  readonly text?: string;
  /** ISO 8601 or epoch ms. */
  readonly since?: string | number;
  readonly before?: string | number;
  readonly campaign?: string;
}

export interface TagEmailInput {
  readonly mailbox?: string;
  /** Either a message … */
  readonly messageId?: string;
  /** … or a contact, by id or address. */
  readonly contactId?: string;
  readonly tags?: string | readonly string[];
  readonly removeTags?: string | readonly string[];
}

export interface ManageContactsInput {
  readonly mailbox?: string;
  /** Part of an address or a name, or `tag:NAME` terms. */
  readonly query?: string;
  readonly tags?: string | readonly string[];
  readonly excludeTags?: string | readonly string[];
  /** Writes: an address to add (without any consent) or to tag. */
  readonly address?: string;
  readonly name?: string;
  readonly addTags?: string | readonly string[];
  readonly removeTags?: string | readonly string[];
  readonly limit?: number;
  readonly cursor?: string;
}

export interface SuppressContactInput {
  readonly mailbox?: string;
  readonly address: string;
  /** `marketing` unless told; `all`; or `topic:<id>`. */
  readonly scope?: string;
  readonly reason?: string;
}

/** What an agent was told about somebody's consent; counts only once it is confirmed. */
export interface ReportConsentInput {
  readonly mailbox?: string;
  readonly address: string;
  readonly basis: ConsentBasis;
  /** How it was given: `email reply`, `phone` … */
  readonly method: string;
  /** The person's own words. */
  readonly quote?: string;
  /** The message in which they said it. */
  readonly messageId?: string;
  /** @default the whole purpose */
  readonly topics?: string | readonly string[];
  /** Which text they agreed to. */
  readonly wordingVersion?: string;
  /** ISO 8601 or epoch ms. @default now */
  readonly obtainedAt?: string | number;
}

export interface ListPendingInput {
  readonly mailbox?: string;
  readonly tag?: string;
  readonly campaign?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** What `reviewer.listGroups` takes. */
export interface ListGroupsInput {
  readonly mailbox?: string;
  readonly campaign?: string;
  /** 1–100; 20 unless told. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** What `reviewer.showGroup` takes besides the group. */
export interface ShowGroupOptions {
  /** Messages to show whole, 3–50. @default 10 */
  readonly sample?: number;
}

/** What `reviewer.decideGroup` takes besides the group. */
export interface DecideGroupOptions {
  /** `review` of the view that was looked at. */
  readonly review: string;
  /** Required to reject; the agents read it. */
  readonly reason?: string;
}

/** What `reviewer.decide` takes besides the message. */
export interface DecideOptions {
  /** Required to reject; the agent reads it. */
  readonly reason?: string;
  /** The revision that was looked at; refused when the message has changed since. */
  readonly revision?: number;
  /**
   * `review` of the view that was looked at; refused when the message changed or anything new was
   * found since. A page that shows a message should always give it.
   */
  readonly review?: string;
  /** Replaces content; the result is a new revision that this approval binds to. */
  readonly edit?: { readonly subject?: string; readonly body?: string };
  /**
   * With approve and a reason: this message is a conversation, whatever it looked like. It becomes a
   * new revision without the footer of marketing, and the approval stands for that one only. Not for
   * a template, and not to somebody who wants no marketing.
   */
  readonly category?: 'conversational';
  /** With approve: what later messages may claim or link to as well, for a time. */
  readonly remember?: readonly RememberInput[];
}

/** Something that a reviewer vouches for until it expires. */
export interface RememberInput {
  /** `claim`: exactly these words; `fact`: words that cover a claim; `host`: a host for links. */
  readonly kind: 'claim' | 'fact' | 'host';
  readonly value: string;
  /** Epoch ms, at most 400 days ahead. */
  readonly until: number;
}
