import { createKeyStep } from './create-key-step.ts';

/** What servers said to attempts, which often repeats the recipient's address. */
export const clearServerReplies = createKeyStep({
  kind: 'serverReplies',
  table: 'attempt',
  key: 'id',
  async clear(tx, { tenant }, ids) {
    await tx
      .updateTable('attempt')
      .set({ reply_text: null })
      .where('tenant', '=', tenant)
      .where('id', 'in', ids)
      .execute();
  },
});
