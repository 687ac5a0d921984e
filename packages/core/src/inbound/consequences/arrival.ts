import type { Mailbox } from '../../context.ts';
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
  /** Our mail that it answers, as far as it names it. */
  readonly answered: Ancestor | undefined;
}
