import type { Db } from '../storage/database.ts';

/** The tags of one message or contact that have not run out, sorted. */
export async function listTags(
  db: Db,
  tenant: string,
  kind: 'message' | 'contact',
  id: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('tag')
    .select('tag')
    .where('tenant', '=', tenant)
    .where('subject_kind', '=', kind)
    .where('subject_id', '=', id)
    .orderBy('tag')
    .execute();
  return rows.map((row) => row.tag);
}
