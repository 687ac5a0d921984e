import type { UpdateObject } from 'kysely';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Database, Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { type DeliveryState, TRANSITIONS } from './delivery-state.ts';

/** One move of one delivery. */
export interface Transition {
  /** The row as it was read: its state and fence are what is compared. */
  readonly from: Delivery;
  readonly to: DeliveryState;
  readonly code: string;
  readonly reason: string;
  readonly actor: string;
  readonly at: number;
  readonly patch?: Omit<
    UpdateObject<Database, 'delivery'>,
    'state' | 'tenant' | 'id' | 'message_id'
  >;
  /** Ids, codes and counts for the event. */
  readonly data?: Readonly<Record<string, string | number | boolean>>;
  /** What is personal, for the audit. */
  readonly details?: Readonly<Record<string, string>>;
}

/**
 * Compare-and-set on state and fence, with the event in the same transaction. Returns the new row,
 * or `undefined` when somebody else moved it first. Throws `INTERNAL` for a move that does not exist.
 */
export async function transition(tx: Tx, move: Transition): Promise<Delivery | undefined> {
  const { from, to, at } = move;
  if (!TRANSITIONS[from.state].includes(to)) {
    throw new MailwardenError('INTERNAL', { detail: `There is no move ${from.state} → ${to}.` });
  }
  const row = await tx
    .updateTable('delivery')
    .set({ ...move.patch, state: to, reason_code: move.code, reason: move.reason, updated_at: at })
    .where('tenant', '=', from.tenant)
    .where('id', '=', from.id)
    .where('state', '=', from.state)
    .where('fence', '=', from.fence)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await appendEvents(tx, from.tenant, [
    {
      at,
      type: `delivery.${to}`,
      actor: move.actor,
      mailbox: from.mailbox,
      messageId: from.message_id,
      deliveryId: from.id,
      data: { from: from.state, code: move.code, ...move.data },
      details: move.details,
      person: from.recipient_canonical,
    },
  ]);
  return row;
}
