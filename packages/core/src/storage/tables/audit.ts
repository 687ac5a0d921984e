import type { Selectable } from 'kysely';
import type { Json, Millis } from './columns.ts';

/** What is personal about an event; erasing empties `salt` and `details` and keeps the HMAC. */
export interface AuditDetailTable {
  tenant: string;
  event_id: string;
  /** Canonical HMAC of the person it is about. */
  person: string | null;
  /** 32 random bytes, base64url. */
  salt: string | null;
  details: Json | null;
  /** HMAC-SHA-256 of the canonical details under the salt, hex. */
  hmac: string;
}

/** A sealed entry, in a gapless order of its own. */
export interface AuditEntryTable {
  tenant: string;
  /** Counts from 0. */
  place: number;
  event_id: string;
  /** RFC 8785 JSON. */
  entry: Json;
}

/** A signed Merkle root over a run of entries, chained to the one before. */
export interface AuditSealTable {
  tenant: string;
  /** Counts from 0. */
  number: number;
  first_place: number;
  entry_count: number;
  root: string;
  previous: string;
  head: string;
  sealed_at: Millis;
  key_id: string;
  public_key: string;
  signature: string;
  /** The entries' hashes, 32 bytes each, base64url. */
  leaves: string;
}
export type AuditSealRow = Selectable<AuditSealTable>;
