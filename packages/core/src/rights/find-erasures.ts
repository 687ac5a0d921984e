import type { RecipientIdentity } from '../keys/key-ring.ts';
import type { Db } from '../storage/database.ts';

/** Keeps a statement below the 32,766 bound values that SQLite takes. */
const HMACS_PER_STATEMENT = 30_000;

type Known = Pick<RecipientIdentity, 'allCanonical'>;

/** Tells when somebody's data was erased, epoch ms; `undefined` for everybody else. */
export type ErasedAt = (identity: Known) => number | undefined;

/**
 * Looks up which of these people had their data erased, under every key. To act on the answer, hold
 * their recipients' locks first: an erasure takes them, too.
 */
export async function findErasures(
  db: Db,
  tenant: string,
  identities: readonly Known[],
): Promise<ErasedAt> {
  const hmacs = [...new Set(identities.flatMap(({ allCanonical }) => allCanonical))];
  const erased = new Map<string, number>();
  for (let at = 0; at < hmacs.length; at += HMACS_PER_STATEMENT) {
    const rows = await db
      .selectFrom('erasure')
      .select(['canonical', 'requested_at'])
      .where('tenant', '=', tenant)
      .where('canonical', 'in', hmacs.slice(at, at + HMACS_PER_STATEMENT))
      .execute();
    for (const row of rows) erased.set(row.canonical, Number(row.requested_at));
  }
  return ({ allCanonical }) => {
    const found = allCanonical.flatMap((hmac) => erased.get(hmac) ?? []);
    return found.length === 0 ? undefined : Math.max(...found);
  };
}
