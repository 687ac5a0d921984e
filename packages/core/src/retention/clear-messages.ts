import type { DeliveryState } from '../deliveries/delivery-state.ts';
import { eraseMessages } from '../rights/erase-messages.ts';
import { ERASED } from '../rights/erased.ts';
import type { RetentionStep } from './retention-step.ts';

const OPEN: readonly DeliveryState[] = [
  'held',
  'queued',
  'claimed',
  'sending',
  'deferred',
  'unknown',
];

/** Messages that nobody waits for any more lose their content and everybody's addresses. */
export const clearMessages: RetentionStep = {
  batch: 25,
  async find({ tenant, storage, now }, before) {
    const rows = await storage.db
      .selectFrom('message')
      .select('id')
      .where('tenant', '=', tenant)
      .where('erased_at', 'is', null)
      .where('created_at', '<', before)
      .where((eb) =>
        eb.or([eb('review_expires_at', 'is', null), eb('review_expires_at', '<=', now())]),
      )
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('delivery')
              .select('delivery.id')
              .whereRef('delivery.tenant', '=', 'message.tenant')
              .whereRef('delivery.message_id', '=', 'message.id')
              .where('delivery.state', 'in', OPEN),
          ),
        ),
      )
      .orderBy('created_at')
      .limit(this.batch)
      .execute();
    return rows.map(({ id }) => id);
  },
  async clear(tx, ctx, ids) {
    // A delivery that has ended never begins again, so nothing has to be locked.
    const isPerson = (address: string): boolean =>
      address !== ERASED && !ctx.mailboxes.has(address.toLowerCase());
    await eraseMessages(tx, ctx, { ids, isPerson });
  },
};
