import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '../context.ts';
import type { EventRow } from '../storage/tables/operations.ts';
import type { MailwardenEvent } from './event.ts';
import { type EventCursor, type EventReader, readCursor, writeCursor } from './event-cursor.ts';
import { readEventPage } from './read-event-page.ts';

/** Tells a listener of committed events, in order per delivery, at least once, across restarts. */
export interface EventFeed {
  /** Delivers what is there now; concurrent calls share one pass. */
  drain(): Promise<void>;
}

/**
 * Makes a feed over the event table. The cursor is stored after each page, so a listener that
 * throws or dies is told again.
 */
export function createEventFeed(
  ctx: Context,
  listener: (event: MailwardenEvent) => void | Promise<void>,
  reader: EventReader = 'onEvent',
): EventFeed {
  const telling = new AsyncLocalStorage<true>();
  let running: Promise<void> | undefined;
  let again = false;

  async function pass(): Promise<void> {
    let cursor: EventCursor = await readCursor(ctx, reader);
    for (;;) {
      again = false;
      const page = await readEventPage(ctx, cursor);
      for (const row of page.rows) await listener(toEvent(row));
      if (page.rows.length > 0) await writeCursor(ctx, reader, page.next);
      cursor = page.next;
      if (page.done && !again) return;
    }
  }

  return {
    drain() {
      again = true;
      // A listener that asks for a pass would wait for itself: the one that tells it goes on.
      if (running !== undefined && telling.getStore() === true) return Promise.resolve();
      running ??= telling.run(true, pass).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

function toEvent(row: EventRow): MailwardenEvent {
  return {
    id: row.id,
    seq: Number(row.seq),
    at: row.at,
    type: row.type,
    actor: row.actor,
    data: JSON.parse(row.data) as MailwardenEvent['data'],
    ...(row.mailbox === null ? {} : { mailbox: row.mailbox }),
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    ...(row.delivery_id === null ? {} : { deliveryId: row.delivery_id }),
  };
}
