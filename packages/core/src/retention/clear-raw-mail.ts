import { readKeyCursor, toIdBound, writeKeyCursor } from './key-cursor.ts';
import type { RetentionStep } from './retention-step.ts';

/** The bytes of inbound mail; attachments have handles with a number after the message's id. */
export const clearRawMail: RetentionStep = {
  batch: 200,
  async find(ctx, before) {
    const rows = await ctx.storage.db
      .selectFrom('chunk')
      .select('owner_id')
      .distinct()
      .where('tenant', '=', ctx.tenant)
      .where('owner_id', '>', await readKeyCursor(ctx, 'rawMail'))
      .where('owner_id', '<', toIdBound(before))
      .orderBy('owner_id')
      .limit(this.batch)
      .execute();
    return rows.map((row) => row.owner_id);
  },
  async clear(tx, ctx, owners) {
    const raw = owners.filter((owner) => !owner.includes('.'));
    if (raw.length > 0) {
      await tx
        .deleteFrom('chunk')
        .where('tenant', '=', ctx.tenant)
        .where('owner_id', 'in', raw)
        .execute();
    }
    await writeKeyCursor(tx, ctx, 'rawMail', owners.at(-1) ?? '');
  },
};
