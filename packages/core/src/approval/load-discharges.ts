import type { Context } from '../context.ts';
import type { Discharge } from '../policy/decide.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';

/** The findings that a person approved of each message, for exactly its revision and digest (P4). */
export async function loadDischarges(
  db: Db,
  ctx: Context,
  messages: readonly Pick<Message, 'id' | 'revision' | 'digest'>[],
): Promise<ReadonlyMap<string, readonly Discharge[]>> {
  const rows = await db
    .selectFrom('approval')
    .select(['message_id', 'revision', 'digest', 'discharges'])
    .where('tenant', '=', ctx.tenant)
    .where(
      'message_id',
      'in',
      messages.map(({ id }) => id),
    )
    .where('decision', '=', 'approve')
    .where('consumed_at', 'is not', null)
    .execute();
  const approvals = Map.groupBy(rows, (row) => row.message_id);
  return new Map(
    messages.map(({ id, revision, digest }) => {
      const own = (approvals.get(id) ?? []).filter(
        (row) => digest !== null && row.digest === digest && row.revision === revision,
      );
      return [id, own.flatMap((row) => JSON.parse(row.discharges) as Discharge[])];
    }),
  );
}
