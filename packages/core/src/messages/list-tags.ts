import type { Context } from '../context.ts';
import type { Db } from '../storage/database.ts';
import { listTagsOf } from './list-tags-of.ts';

/** The tags of one message or contact that have not run out, sorted. */
export async function listTags(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'now'>,
  kind: 'message' | 'contact',
  id: string,
): Promise<readonly string[]> {
  return (await listTagsOf(db, ctx, kind, [id])).get(id) ?? [];
}
