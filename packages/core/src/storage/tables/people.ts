import type { Selectable } from 'kysely';
import type { Flag, Generated, Json, Millis } from './columns.ts';

/** The row that a send, a suppression and an erasure of one person all lock. */
export interface RecipientKeyTable {
  tenant: string;
  canonical: string;
  key_id: string;
  canonicalisation: number;
  created_at: Millis;
}

/** Somebody who may be written to. */
export interface ContactTable {
  tenant: string;
  id: string;
  address: string;
  exact: string;
  canonical: string;
  name: string | null;
  attributes: Json;
  created_at: Millis;
  updated_at: Millis;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** The part of the country, as ISO 3166-2 says it after the hyphen: `CA` for California. */
  region: string | null;
  /** IANA name. */
  time_zone: string | null;
  /** Where the contact came from: the name of a file, a form, a partner. */
  source: string | null;
  /** JSON of `Provenance`. */
  provenance: Json | null;
  kind: ContactKind | null;
}
export type Contact = Selectable<ContactTable>;

/** Who reads the mail; what is not known counts as an individual, who is protected most. */
export type ContactKind = (typeof CONTACT_KINDS)[number];

export const CONTACT_KINDS = ['individual', 'sole_trader', 'company_person', 'role'] as const;

/** Whose data was erased: what ingest and imports ask, so that it does not come back. Holds no address. */
export interface ErasureTable {
  tenant: string;
  canonical: string;
  /** Names this erasure in events. */
  id: string;
  key_id: string;
  canonicalisation: number;
  /** Why, in the operator's words; `journal` when a restored database was told of it. */
  reason: string;
  /** What came before this moment is not stored again. */
  requested_at: Millis;
  /** Null while content is still being erased. */
  finished_at: Millis | null;
}

/** How far one import of contacts has come; committed with each batch. */
export interface ContactImportTable {
  tenant: string;
  id: string;
  /** What the contacts are said to come from. */
  source: string;
  /** SHA-256 over the rows that are done, chained: whether it is the same file. */
  digest: string;
  read_rows: number;
  added: number;
  changed: number;
  unchanged: number;
  failed: number;
  suppressed: number;
  consents: number;
  started_at: Millis;
  updated_at: Millis;
  finished_at: Millis | null;
}
export type ContactImport = Selectable<ContactImportTable>;

/** A label with an owner and a time on a contact or a message. */
export interface TagTable {
  tenant: string;
  subject_kind: 'contact' | 'message';
  subject_id: string;
  tag: string;
  owner: string;
  created_at: Millis;
  expires_at: Millis | null;
}

/** Who must not be written to. Holds no address. */
export interface SuppressionTable {
  tenant: string;
  id: string;
  /** What `hmac` is of: the address as written, the person, or a whole domain. */
  match: 'exact' | 'canonical' | 'domain';
  hmac: string;
  key_id: string;
  canonicalisation: number;
  /** `all`, `marketing` or `topic:<id>`. */
  scope: string;
  /** The legal entity it holds against; empty for every sender. */
  sender_id: string;
  reason: SuppressionReason;
  /** Who or what recorded it: `one-click`, `page`, `agent:<id>`, `reviewer:<id>`, `import` … */
  source: string;
  note: string | null;
  created_at: Millis;
  lifted_at: Millis | null;
  lifted_by: string | null;
  lift_reason: string | null;
  /** 0: has still to be written to the suppression journal, if there is one. */
  journaled: Generated<Flag>;
  /** Of a hard bounce: the mailbox provider's id, or an HMAC of the domain. */
  provider: Generated<string | null>;
  /** Recorded while unusually many addresses of the provider failed: until then all can be lifted at once. */
  provisional_until: Generated<Millis | null>;
}
export type Suppression = Selectable<SuppressionTable>;

/** How many addresses of a provider failed in an hour. Holds no address and no domain. */
export interface AddressFailureTable {
  tenant: string;
  /** As in a suppression. */
  provider: string;
  /** When the hour began. */
  hour: Millis;
  failures: number;
}

/** Mail that may have asked us to stop, for a person to read. Holds no address. */
export interface StopRequestTable {
  tenant: string;
  id: string;
  canonical: string;
  /** Whose marketing waits. */
  sender_id: string;
  mailbox: string;
  /** What they wrote. */
  message_id: string;
  /** What we had sent them. */
  delivery_id: string;
  asked_at: Millis;
  decision: 'stop' | 'continue' | null;
  decided_by: string | null;
  decided_at: Millis | null;
}
export type StopRequest = Selectable<StopRequestTable>;

/** Why somebody is suppressed. */
export type SuppressionReason =
  | 'unsubscribe'
  | 'complaint'
  | 'hard_bounce'
  | 'manual'
  | 'legal'
  | 'erasure';
