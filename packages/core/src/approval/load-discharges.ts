import type { Context } from '../context.ts';
import type { Discharge } from '../policy/decide.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';

/** A message that is decided on. */
export type ApprovedMessage = Pick<Message, 'id' | 'revision' | 'digest'> & {
  /** The newest approval that counts no more, when there is one. */
  readonly spent: string | undefined;
};

/**
 * The findings that a person approved of each message, for exactly its revision and digest (P4). An
 * approval covers retries, and not what is sent again after an unknown end.
 */
export async function loadDischarges(
  db: Db,
  ctx: Context,
  messages: readonly ApprovedMessage[],
): Promise<ReadonlyMap<string, readonly Discharge[]>> {
  const rows = await db
    .selectFrom('approval')
    .select(['id', 'message_id', 'revision', 'digest', 'discharges'])
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
    messages.map(({ id, revision, digest, spent = '' }) => {
      const own = (approvals.get(id) ?? []).filter(
        (row) =>
          // Ids are in the order of time.
          digest !== null && row.digest === digest && row.revision === revision && row.id > spent,
      );
      return [id, own.flatMap((row) => JSON.parse(row.discharges) as Discharge[])];
    }),
  );
}
