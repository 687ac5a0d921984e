import type { Context } from '../context.ts';
import type { Discharge } from '../policy/decide.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';

/** The findings that a person approved, for exactly this revision and digest (P4). */
export async function loadDischarges(
  db: Db,
  ctx: Context,
  message: Pick<Message, 'id' | 'revision' | 'digest'>,
): Promise<readonly Discharge[]> {
  if (message.digest === null) return [];
  const rows = await db
    .selectFrom('approval')
    .select('discharges')
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', message.id)
    .where('revision', '=', message.revision)
    .where('digest', '=', message.digest)
    .where('decision', '=', 'approve')
    .where('consumed_at', 'is not', null)
    .execute();
  return rows.flatMap((row) => JSON.parse(row.discharges) as Discharge[]);
}
