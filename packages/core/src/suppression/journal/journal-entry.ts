import type { SuppressionReason } from '../../storage/tables/people.ts';
import type { RefusalTable } from '../../storage/tables/refusal.ts';

interface EntryBase {
  readonly tenant: string;
  readonly id: string;
  readonly hmac: string;
  readonly keyId: string;
  /** Of the key: another secret under the same id is noticed. */
  readonly fingerprint: string;
  readonly canonicalisation: number;
  readonly senderId: string;
  readonly createdAt: number;
}

/** One suppression as the journal keeps it. */
export interface SuppressionEntry extends EntryBase {
  readonly match: 'exact' | 'canonical' | 'domain';
  readonly scope: string;
  readonly reason: SuppressionReason;
}

/** What a person refused otherwise: a topic, mail before a day, more than a number; a consent. */
export interface RefusalEntry extends EntryBase {
  readonly kind: RefusalTable['kind'];
  readonly purpose: string;
  readonly topics: readonly string[];
  readonly pausedUntil?: number;
  readonly maximum?: { readonly count: number; readonly days: number };
}

/** What a line of the journal tells: HMACs, no address, and no name of anybody. */
export type JournalEntry = SuppressionEntry | RefusalEntry;

export function isRefusal(entry: JournalEntry): entry is RefusalEntry {
  return 'kind' in entry;
}
