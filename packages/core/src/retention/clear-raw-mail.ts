import { createKeyStep } from './create-key-step.ts';

/** The bytes of inbound mail; attachments have handles with a number after the message's id. */
export const clearRawMail = createKeyStep({
  kind: 'rawMail',
  table: 'chunk',
  key: 'owner_id',
  async clear(tx, { tenant }, owners) {
    const raw = owners.filter((owner) => !owner.includes('.'));
    if (raw.length === 0) return;
    await tx
      .deleteFrom('chunk')
      .where('tenant', '=', tenant)
      .where('owner_id', 'in', raw)
      .execute();
  },
});
