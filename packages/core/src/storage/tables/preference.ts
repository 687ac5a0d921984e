import type { Selectable } from 'kysely';
import type { Generated, Json, Millis } from './columns.ts';

/** How much mail a person wants from a sender. Holds no address. */
export interface PreferenceTable {
  tenant: string;
  canonical: string;
  key_id: string;
  canonicalisation: number;
  /** The legal entity it holds against; empty for mailboxes without one. */
  sender_id: string;
  /** JSON list of topics that the person does not want. */
  declined_topics: Json;
  /** No marketing before this instant. */
  paused_until: Millis | null;
  /** At most this many marketing deliveries … */
  max_count: number | null;
  /** … in any window of this many days. */
  max_days: number | null;
  /** `recipient`, `system`, `agent:<id>`. */
  updated_by: string;
  updated_at: Millis;
  /** They are away until then, by an automatic answer of theirs; no wish. */
  away_until: Generated<Millis | null>;
}
export type PreferenceRow = Selectable<PreferenceTable>;
