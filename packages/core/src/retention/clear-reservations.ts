import { toIdBound } from './key-cursor.ts';
import type { RetentionStep } from './retention-step.ts';

/** Places in limits whose window has long passed. */
export const clearReservations: RetentionStep = {
  batch: 200,
  async find({ tenant, storage }, before) {
    const rows = await storage.db
      .selectFrom('reservation')
      .select('id')
      .where('tenant', '=', tenant)
      .where('id', '<', toIdBound(before))
      .where('at', '<', before)
      .orderBy('id')
      .limit(this.batch)
      .execute();
    return rows.map(({ id }) => id);
  },
  async clear(tx, { tenant }, ids) {
    await tx
      .deleteFrom('reservation')
      .where('tenant', '=', tenant)
      .where('id', 'in', ids)
      .execute();
  },
};
