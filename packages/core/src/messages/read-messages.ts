import type { Context } from '../context.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';

/** These messages as they are stored, in the order of their ids; what does not exist is left out. */
export async function readMessages(
  db: Db,
  { tenant }: Pick<Context, 'tenant'>,
  ids: readonly string[],
): Promise<readonly Message[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
}
