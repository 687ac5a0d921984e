import { sql } from 'kysely';
import { parseAddress } from '../../../packages/core/src/identity/address.ts';
import { createKeyRing } from '../../../packages/core/src/keys/create-key-ring.ts';
import type { Storage, Tx } from '../../../packages/core/src/storage/database.ts';

export const KEYS = [{ id: 'bench', secret: 'a secret that only the benches know, 1' }];
const keys = createKeyRing(KEYS, 'default');
const COUNTRIES = ['US', 'DE', 'FR', 'GB', 'CA'];
const STEP = 1_000;

/** Person number `index`. */
export const personAt = (index: number) =>
  parseAddress(`person.${index}@${index % 5_000}.example.com`);

/** `people` contacts, each with a proven opt-in, and so many suppressions of somebody else. */
export async function insertAudience(
  storage: Storage,
  { people, suppressions }: { readonly people: number; readonly suppressions: number },
): Promise<void> {
  for (let from = 0; from < people; from += STEP) {
    await storage.unit((tx) => insertPeople(tx, from, Math.min(from + STEP, people)));
  }
  const { supportsRowLocks } = storage.capabilities;
  for (let from = 0; from < suppressions; from += 50 * STEP) {
    const to = Math.min(from + 50 * STEP, suppressions);
    await storage.unit((tx) => insertSuppressions(tx, supportsRowLocks, { from, to }));
  }
}

async function insertPeople(tx: Tx, from: number, to: number): Promise<void> {
  const shared = { tenant: 'default', source: 'shop', kind: 'individual' } as const;
  const provenance = JSON.stringify({ source: 'shop', how: 'checkout', noticeSentAt: 1 });
  const people = Array.from({ length: to - from }, (_, at) => {
    const address = personAt(from + at);
    return { id: idOf(from + at), address, ...keys.identify(address), at: from + at };
  });
  await tx
    .insertInto('contact')
    .values(
      people.map(({ id, address, exact, canonical, at }) => ({
        ...{ ...shared, id, address, exact, canonical, provenance, attributes: '{}' },
        ...{ country: COUNTRIES[at % COUNTRIES.length] ?? '', created_at: 1, updated_at: 1 },
      })),
    )
    .execute();
  await tx
    .insertInto('consent')
    .values(
      people.map(({ id, canonical }) => ({
        ...{ tenant: 'default', id, canonical, key_id: 'bench', canonicalisation: 1 },
        ...{ sender_id: 'acme', purpose: 'marketing', topics: '[]', kind: 'grant' as const },
        ...{ basis: 'double_opt_in', wording_version: 'v1', evidence: '{"method":"web form"}' },
        ...{ obtained_at: 1, reported_by: 'system', recorded_at: 1, confirmed_by: 'system' },
        ...{ confirmed_at: 1 },
      })),
    )
    .execute();
}

/** 64 random digits look to an index as an HMAC does. */
async function insertSuppressions(
  tx: Tx,
  isPostgres: boolean,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const numbers = isPostgres
    ? sql`generate_series(${from}::int, ${to - 1}::int) as range(value)`
    : sql`(with recursive range(value) as (select ${from} union all
        select value + 1 from range where value < ${to - 1}) select value from range) as range`;
  const hmac = isPostgres
    ? sql`md5(random()::text) || md5(random()::text)`
    : sql`lower(hex(randomblob(32)))`;
  const id = isPostgres ? sql`'s' || lpad(value::text, 12, '0')` : sql`format('s%012d', value)`;
  await sql`
    insert into ${sql.table('suppression')}
      (tenant, id, match, hmac, key_id, canonicalisation, scope, sender_id, reason, source, created_at)
    select 'default', ${id}, 'canonical', ${hmac}, 'bench', 1, 'marketing', '', 'unsubscribe',
      'import', 1 from ${numbers}`.execute(tx);
}

/** In the order of insertion, as uuidv7 is. */
function idOf(index: number): string {
  return `${index.toString(16).padStart(8, '0')}-0000-7000-8000-000000000000`;
}
