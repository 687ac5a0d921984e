import type { Selectable } from 'kysely';
import type { Flag, Json, Millis } from './columns.ts';

/**
 * What a person refused other than by a suppression, as it was when they did: what the suppression
 * journal is told, and what says that this database has seen an entry of it. Append-only; written
 * only where there is a journal. Holds no address.
 */
export interface RefusalTable {
  tenant: string;
  /** Of a withdrawal: the id of its row in the consent ledger. */
  id: string;
  kind: 'preference' | 'withdrawal';
  canonical: string;
  key_id: string;
  canonicalisation: number;
  /** The legal entity it holds against; of a withdrawal, empty is every one. */
  sender_id: string;
  /** Of a withdrawal; else empty. */
  purpose: string;
  /** JSON list: topics that were declined, or taken back (none: the whole purpose). */
  topics: Json;
  paused_until: Millis | null;
  max_count: number | null;
  max_days: number | null;
  refused_at: Millis;
  /** 0: has still to be written to the journal. */
  journaled: Flag;
}
export type Refusal = Selectable<RefusalTable>;
