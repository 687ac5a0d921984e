import { readKeyCursor, toIdBound, writeKeyCursor } from './key-cursor.ts';
import type { RetentionStep } from './retention-step.ts';

/** What is personal about old entries of the audit. */
export const clearAuditDetails: RetentionStep = {
  batch: 200,
  async find(ctx, before) {
    const rows = await ctx.storage.db
      .selectFrom('audit_detail')
      .select('event_id')
      .where('tenant', '=', ctx.tenant)
      .where('event_id', '>', await readKeyCursor(ctx, 'auditDetails'))
      .where('event_id', '<', toIdBound(before))
      .orderBy('event_id')
      .limit(this.batch)
      .execute();
    return rows.map((row) => row.event_id);
  },
  async clear(tx, ctx, ids) {
    await tx
      .updateTable('audit_detail')
      .set({ salt: null, details: null })
      .where('tenant', '=', ctx.tenant)
      .where('event_id', 'in', ids)
      .execute();
    await writeKeyCursor(tx, ctx, 'auditDetails', ids.at(-1) ?? '');
  },
};
