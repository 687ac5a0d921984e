import type { Mailbox } from '../../context.ts';
import type { NewEvent } from '../../events/append-event.ts';
import type { Ancestor } from '../find-ancestors.ts';
import type { InboundMessage } from '../inbound-message.ts';

/** Mail from outside that has just been stored, and what it says. */
export interface Arrival {
  /** Of the stored message. */
  readonly id: string;
  /** When it was received, epoch ms. */
  readonly at: number;
  readonly mailbox: Mailbox;
  readonly parsed: InboundMessage;
  /** Of the conversation that it belongs to; a new one when it names no mail that is known. */
  readonly threadId: string;
  /** Our mail that it answers, as far as it names it. */
  readonly answered: Ancestor | undefined;
  /** Ids of our messages by the Message-IDs that it, or what came with it, reports on. */
  readonly reported: ReadonlyMap<string, readonly string[]>;
  /** Takes events on which nothing else depends; they are appended together. */
  readonly note: (event: NewEvent) => void;
}
