import { createKeyStep } from './create-key-step.ts';

/** What is personal about old entries of the audit. */
export const clearAuditDetails = createKeyStep({
  kind: 'auditDetails',
  table: 'audit_detail',
  key: 'event_id',
  async clear(tx, { tenant }, ids) {
    await tx
      .updateTable('audit_detail')
      .set({ salt: null, details: null })
      .where('tenant', '=', tenant)
      .where('event_id', 'in', ids)
      .execute();
  },
});
