import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Flag, Generated, Json, Millis } from './columns.ts';

/** Content, outbound and inbound alike. State lives on its deliveries. */
export interface MessageTable {
  tenant: string;
  id: string;
  mailbox: string;
  direction: 'outbound' | 'inbound';
  thread_id: string;
  /** The Message-ID field without angle brackets; minted before the first attempt. */
  internet_message_id: string;
  in_reply_to: string | null;
  /** The message of ours or theirs that this one answers, when it is known here; indexed. */
  parent_id: Generated<string | null>;
  /** Message-IDs without brackets, as a JSON list. */
  reference_ids: Json;
  from_address: string;
  from_name: string | null;
  /** JSON lists of addresses. */
  to_addresses: Json;
  cc_addresses: Json;
  bcc_addresses: Json;
  reply_to: string | null;
  subject: string;
  /** Markdown as the author wrote it; null for inbound mail. */
  body: string | null;
  /** Rendered text and HTML with named slots (outbound) or as received. */
  text: string;
  html: string | null;
  /** Inbound: what the person wrote, without quoted history. */
  new_text: string | null;
  /** Caller headers as a JSON list of [name, value]. */
  headers: Json;
  /** JSON list of { id, name, type, size, sha256, charset? }. */
  attachments: Json;
  category: 'marketing' | 'transactional' | 'conversational' | null;
  topic: string | null;
  campaign: string | null;
  variant: string | null;
  template: string | null;
  template_hash: string | null;
  variables: Json | null;
  /** What the author asked for beyond the mailbox's mode; it can only tighten. */
  requested_mode: string | null;
  /** What the author called it, which the category that holds need not be. */
  requested_category: string | null;
  /** JSON list of caller headers that may not go out; null: none. */
  header_findings: Json | null;
  send_at: Millis | null;
  agent: string | null;
  on_behalf_of: string | null;
  run: string | null;
  revision: number;
  /** The message that this one revises, and how often that has happened. */
  revises: string | null;
  round: number;
  digest: string | null;
  nonce: string | null;
  /** The stored trace: a Decision as JSON. */
  decision: Json | null;
  /** What it was decided on: `StoredFacts` as JSON, without content and addresses. */
  decision_facts: Json | null;
  policy_version: string | null;
  policy_epoch: number;
  /** Until when a person may decide. */
  review_expires_at: Millis | null;
  review_warned: Flag;
  /** Inbound only: 1 while a `gated_all` mailbox keeps it from agents. */
  quarantined: Flag;
  auto_submitted: Flag;
  /** Inbound only: facts for the loop guard and conversational rule, as JSON. */
  inbound_facts: Json | null;
  /** Inbound only: the operator's own server proved the sender (DMARC pass). */
  authenticated: Generated<Flag>;
  /** A copy lies in the mailbox's Sent folder; what is inbound besides, a person sent from there. */
  in_sent_folder: Generated<Flag>;
  created_at: Millis;
  updated_at: Millis;
  /** When content and personal details were erased; the row stays, so that it is not stored again. */
  erased_at: Generated<Millis | null>;
}
export type Message = Selectable<MessageTable>;
export type NewMessage = Insertable<MessageTable>;
export type MessageUpdate = Updateable<MessageTable>;

/** What a reviewer replaced, kept whole. */
export interface MessageRevisionTable {
  tenant: string;
  message_id: string;
  revision: number;
  /** The replaced content as JSON. */
  content: Json;
  digest: string;
  edited_by: string;
  created_at: Millis;
}

/** Every Message-ID by which a message is known; relays rewrite them. */
export interface MessageIdAliasTable {
  tenant: string;
  mailbox: string;
  internet_message_id: string;
  message_id: string;
}

/** Raw mail and attachments in pieces of at most 256 KiB. */
export interface ChunkTable {
  tenant: string;
  owner_id: string;
  seq: number;
  data: Uint8Array;
}

/** Which agent read which message, in which run. */
export interface ReadMarkTable {
  tenant: string;
  message_id: string;
  agent: string;
  /** Empty when the agent has no run; part of the key, since what a run read follows that run. */
  run: string;
  read_at: Millis;
}

/** Where each IMAP folder's sync stands. */
export interface FolderTable {
  tenant: string;
  mailbox: string;
  folder: string;
  uid_validity: string;
  last_uid: number;
  updated_at: Millis;
}
