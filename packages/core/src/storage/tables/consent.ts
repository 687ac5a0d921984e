import type { Selectable } from 'kysely';
import type { ConsentBasis } from '../../consent/consent-basis.ts';
import type { Relationship } from '../../consent/relationship.ts';
import type { Json, Millis } from './columns.ts';

/**
 * Who agreed to what, or took it back. Append-only: a row changes once at most, when a person or
 * the application confirms what an agent reported. Holds no address.
 */
export interface ConsentTable {
  tenant: string;
  id: string;
  canonical: string;
  key_id: string;
  canonicalisation: number;
  /** The legal entity it is given to; empty only on a withdrawal from every sender. */
  sender_id: string;
  purpose: string;
  /** JSON list; empty: the whole purpose. */
  topics: Json;
  kind: 'grant' | 'withdrawal';
  /** Null on a withdrawal; a relationship stands under a purpose of its own. */
  basis: ConsentBasis | Relationship | null;
  /** Soft opt-in: JSON of its conditions. */
  limbs: Json | null;
  /** Legitimate interest: where the balancing test is filed. */
  balancing: string | null;
  wording_version: string | null;
  evidence: Json;
  /** When it was given or taken back. */
  obtained_at: Millis;
  expires_at: Millis | null;
  /** `system`, `agent:<id>`, `task:<id>`. */
  reported_by: string;
  on_behalf_of: string | null;
  recorded_at: Millis;
  /** Until then a grant does not count. */
  confirmed_by: string | null;
  confirmed_at: Millis | null;
}
export type Consent = Selectable<ConsentTable>;

/** A double opt-in that a person was asked for by mail. Holds no address. */
export interface OptInTable {
  tenant: string;
  /** What the link's token names. */
  id: string;
  /** The mail that asks. */
  message_id: string;
  canonical: string;
  sender_id: string;
  /** JSON list; empty: the whole purpose. */
  topics: Json;
  /** What the person agrees to, as the page shows it. */
  statement: string;
  wording_version: string;
  /** JSON of the evidence of the sign-up. */
  signup: Json;
  requested_at: Millis;
  /** Until then the link works. */
  expires_at: Millis;
  confirmed_at: Millis | null;
  consent_id: string | null;
}
export type OptIn = Selectable<OptInTable>;

/** A fact that mail waits for: one row per source of contacts and fact. */
export interface FactTaskTable {
  tenant: string;
  id: string;
  /** Where the contacts came from; empty when nobody said. */
  source: string;
  fact: 'country' | 'consent';
  state: 'open' | 'answered';
  answer: Json | null;
  opened_at: Millis;
  answered_by: string | null;
  answered_at: Millis | null;
}
export type FactTask = Selectable<FactTaskTable>;
