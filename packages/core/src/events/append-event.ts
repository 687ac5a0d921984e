import { uuidv7 } from 'uuidv7';
import { insertDetails } from '../audit/insert-details.ts';
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
  /** What is personal: for the audit only, kept where it can be erased. */
  readonly details?: Readonly<Record<string, string>> | undefined;
  /** Whom the details are about: canonical HMAC. Erasing that person erases them. */
  readonly person?: string;
}

/** Appends events in the transaction of the change that they tell of; the audit is made from them. */
export async function appendEvents(
  tx: Tx,
  tenant: string,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const named = events.map((event) => ({ ...event, id: uuidv7() }));
  const rows = named.map((event) => ({
    tenant,
    id: event.id,
    at: event.at,
    type: event.type,
    actor: event.actor,
    mailbox: event.mailbox ?? null,
    message_id: event.messageId ?? null,
    delivery_id: event.deliveryId ?? null,
    data: JSON.stringify(event.data ?? {}),
  }));
  await tx.insertInto('event').values(rows).execute();
  const detailed = named.flatMap(({ id, person, details }) =>
    details === undefined || Object.keys(details).length === 0
      ? []
      : [{ eventId: id, person: person ?? null, details }],
  );
  await insertDetails(tx, tenant, detailed);
}
