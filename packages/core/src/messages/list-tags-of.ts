import type { Context } from '../context.ts';
import type { Db } from '../storage/database.ts';

/** The tags of many messages or contacts that have not run out, sorted; one query for all. */
export async function listTagsOf(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'now'>,
  kind: 'message' | 'contact',
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const tags = new Map<string, string[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return tags;
  const rows = await db
    .selectFrom('tag')
    .select(['subject_id', 'tag'])
    .where('tenant', '=', ctx.tenant)
    .where('subject_kind', '=', kind)
    .where('subject_id', 'in', ids)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', ctx.now())]))
    .orderBy('tag')
    .execute();
  for (const row of rows) tags.get(row.subject_id)?.push(row.tag);
  return tags;
}
