import type { Db } from '../storage/database.ts';

/** Everybody who has ever started a warden on this database, in order. */
export async function listTenants(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('mailbox').select('tenant').distinct().execute();
  return rows.map(({ tenant }) => tenant).sort();
}
