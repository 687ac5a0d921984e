import type { Consent } from '../storage/tables/consent.ts';

/** What a person is to the sender beside a reader of its marketing. */
export type Relationship = 'customer' | 'vendor' | 'applicant';

export const RELATIONSHIPS: readonly Relationship[] = ['customer', 'vendor', 'applicant'];

/** Under which the ledger holds them; no consent has it. */
export const RELATIONSHIP_PURPOSE = 'relationship';

/**
 * The relationship that stands at `at`, from one person's rows of that purpose for one sender: the
 * one that began last, has not ended, and was not taken back since. A tie goes to who took it back.
 */
export function standingRelationship(
  rows: readonly Consent[],
  at: number,
): Relationship | undefined {
  const withdrawn = rows
    .filter(({ kind, obtained_at }) => kind === 'withdrawal' && obtained_at <= at)
    .map(({ obtained_at }) => obtained_at);
  const last = Math.max(-Infinity, ...withdrawn);
  const standing = rows.filter(
    (row) =>
      row.kind === 'grant' &&
      row.confirmed_at !== null &&
      row.confirmed_at <= at &&
      row.obtained_at > last &&
      row.obtained_at <= at &&
      (row.expires_at === null || row.expires_at > at),
  );
  const [newest] = standing.toSorted((a, b) => b.obtained_at - a.obtained_at);
  return RELATIONSHIPS.find((kind) => kind === newest?.basis);
}
