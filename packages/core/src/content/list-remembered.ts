import type { Context } from '../context.ts';
import type { RememberInput } from '../operations/inputs.ts';

/** What a reviewer vouches for, and on which occasion they said so. */
export interface RememberedView extends RememberInput {
  /** The reviewer. */
  readonly by: string;
  /** The message that they approved. */
  readonly messageId: string;
  /** Epoch ms. */
  readonly rememberedAt: number;
}

/** All that is remembered and has not expired, the latest first. */
export async function listRemembered(ctx: Context): Promise<readonly RememberedView[]> {
  const rows = await ctx.storage.db
    .selectFrom('remembered')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('until', '>', ctx.now())
    .orderBy('created_at', 'desc')
    .orderBy('kind')
    .orderBy('value')
    .execute();
  return rows.map((row) => ({
    ...{ kind: row.kind, value: row.value, until: Number(row.until), by: row.remembered_by },
    ...{ messageId: row.message_id, rememberedAt: Number(row.created_at) },
  }));
}
