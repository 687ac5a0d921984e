import type { Context } from '../context.ts';

/** Mailboxes that can send from this process. */
export function sendingMailboxes({ mailboxes }: Pick<Context, 'mailboxes'>): readonly string[] {
  return [...mailboxes.values()]
    .filter((mailbox) => mailbox.transport !== undefined)
    .map((mailbox) => mailbox.address);
}
