import { readKeyCursor, toIdBound, writeKeyCursor } from './key-cursor.ts';
import type { RetentionStep } from './retention-step.ts';

/** What servers said to attempts, which often repeats the recipient's address. */
export const clearServerReplies: RetentionStep = {
  batch: 200,
  async find(ctx, before) {
    const rows = await ctx.storage.db
      .selectFrom('attempt')
      .select('id')
      .where('tenant', '=', ctx.tenant)
      .where('id', '>', await readKeyCursor(ctx, 'serverReplies'))
      .where('id', '<', toIdBound(before))
      .orderBy('id')
      .limit(this.batch)
      .execute();
    return rows.map(({ id }) => id);
  },
  async clear(tx, ctx, ids) {
    await tx
      .updateTable('attempt')
      .set({ reply_text: null })
      .where('tenant', '=', ctx.tenant)
      .where('id', 'in', ids)
      .execute();
    await writeKeyCursor(tx, ctx, 'serverReplies', ids.at(-1) ?? '');
  },
};
