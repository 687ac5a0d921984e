import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Address } from '../identity/address.ts';

/** The named mailboxes; at least one. Throws `MAILBOX_UNKNOWN` and `MAILBOX_REQUIRED`. */
export function findMailboxes(ctx: Context, names: readonly string[]): readonly Address[] {
  const choices = [...ctx.mailboxes.keys()].join(', ');
  const mailboxes = names.map((name): Address => {
    const mailbox = ctx.mailboxes.get(name.toLowerCase());
    if (mailbox !== undefined) return mailbox.address;
    throw new MailwardenError('MAILBOX_UNKNOWN', { detail: `They are ${choices}.` });
  });
  if (mailboxes.length > 0) return Object.freeze(mailboxes);
  throw new MailwardenError('MAILBOX_REQUIRED', { detail: `They are ${choices}.` });
}
