import { uuidv7 } from 'uuidv7';
import type { Tx } from '../storage/database.ts';

/** An event before it has an id and a place. */
export interface NewEvent {
  readonly at: number;
  readonly type: string;
  readonly actor: string;
  readonly mailbox?: string | null;
  readonly messageId?: string | null;
  readonly deliveryId?: string | null;
  /** Ids, codes and counts only. */
  readonly data?: Readonly<Record<string, string | number | boolean>>;
}

/** Appends events in the transaction of the change that they tell of. */
export async function appendEvents(
  tx: Tx,
  tenant: string,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    tenant,
    id: uuidv7(),
    at: event.at,
    type: event.type,
    actor: event.actor,
    mailbox: event.mailbox ?? null,
    message_id: event.messageId ?? null,
    delivery_id: event.deliveryId ?? null,
    data: JSON.stringify(event.data ?? {}),
  }));
  await tx.insertInto('event').values(rows).execute();
}
