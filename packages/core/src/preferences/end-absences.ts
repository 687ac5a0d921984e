import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';

/**
 * Forgets that people (canonical HMACs) are away, as far as that is over by `until`, epoch ms. Their
 * wishes stay; a row that had none goes.
 */
export async function endAbsences(
  tx: Tx,
  { tenant }: Pick<Context, 'tenant'>,
  canonicals: readonly string[],
  until: number,
): Promise<void> {
  if (canonicals.length === 0) return;
  await tx
    .deleteFrom('preference')
    .where('tenant', '=', tenant)
    .where('canonical', 'in', canonicals)
    .where('away_until', '<=', until)
    .where('declined_topics', '=', '[]')
    .where('paused_until', 'is', null)
    .where('max_count', 'is', null)
    .execute();
  await tx
    .updateTable('preference')
    .set({ away_until: null })
    .where('tenant', '=', tenant)
    .where('canonical', 'in', canonicals)
    .where('away_until', '<=', until)
    .execute();
}
