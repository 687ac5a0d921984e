import { createKeyStep } from './create-key-step.ts';

/** Sign-ups that nobody confirmed; what was confirmed is the proof of a consent and stays. */
export const clearOptIns = createKeyStep({
  kind: 'optIns',
  table: 'opt_in',
  key: 'id',
  async clear(tx, { tenant }, ids) {
    await tx
      .deleteFrom('opt_in')
      .where('tenant', '=', tenant)
      .where('id', 'in', ids)
      .where('confirmed_at', 'is', null)
      .execute();
  },
});
