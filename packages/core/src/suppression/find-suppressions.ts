import type { RecipientIdentity } from '../keys/key-ring.ts';
import type { SuppressionFact } from '../policy/facts.ts';
import type { Db } from '../storage/database.ts';
import type { SuppressionContext } from './suppression-context.ts';

/** Keeps a statement below the 32,766 bound values that SQLite takes. */
const HMACS_PER_STATEMENT = 30_000;

/**
 * The active suppressions of many people at once, oldest first: by the address as written (hard
 * bounces), by the canonical one (all others) and by their domain, under every key, in one look-up. The map is keyed by
 * `identity.exact` and has an entry, possibly empty, for everyone asked about.
 */
export async function findSuppressions(
  db: Db,
  ctx: Pick<SuppressionContext, 'tenant'>,
  identities: readonly RecipientIdentity[],
): Promise<Map<string, SuppressionFact[]>> {
  const found = new Map<string, SuppressionFact[]>(identities.map(({ exact }) => [exact, []]));
  const people = new Map<string, Set<string>>();
  for (const identity of identities) {
    for (const hmac of [...identity.allExact, ...identity.allCanonical, ...identity.allDomains]) {
      people.set(hmac, (people.get(hmac) ?? new Set()).add(identity.exact));
    }
  }
  for (const row of await listActive(db, ctx.tenant, [...people.keys()])) {
    const fact = {
      scope: row.scope,
      reason: row.reason,
      senderId: row.sender_id,
      createdAt: row.created_at,
      ...(row.match === 'domain' ? { wholeDomain: true as const } : {}),
    };
    for (const exact of people.get(row.hmac) ?? []) found.get(exact)?.push(fact);
  }
  return found;
}

async function listActive(db: Db, tenant: string, hmacs: readonly string[]) {
  const rows = [];
  for (let at = 0; at < hmacs.length; at += HMACS_PER_STATEMENT) {
    const page = await db
      .selectFrom('suppression')
      .select(['hmac', 'match', 'scope', 'reason', 'sender_id', 'created_at'])
      .where('tenant', '=', tenant)
      .where('hmac', 'in', hmacs.slice(at, at + HMACS_PER_STATEMENT))
      .where('lifted_at', 'is', null)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    rows.push(...page);
  }
  return rows;
}
