import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Principal } from '../principal/principal.ts';

/** The mailboxes that a principal may use. */
export function listMailboxes(ctx: Context, principal: Principal): readonly Mailbox[] {
  const all = [...ctx.mailboxes.values()];
  const own = principal.kind === 'system' ? undefined : principal.mailboxes;
  return own === undefined ? all : all.filter((mailbox) => own.includes(mailbox.address));
}

/**
 * The mailbox that a call means; the only one when it names none. Throws `MAILBOX_UNKNOWN` or
 * `MAILBOX_REQUIRED` with the choices.
 */
export function resolveMailbox(
  ctx: Context,
  principal: Principal,
  name: string | undefined,
): Mailbox {
  const own = listMailboxes(ctx, principal);
  const choices = own.map((mailbox) => mailbox.address).join(', ');
  if (name === undefined || name.trim() === '') {
    const [only] = own;
    if (only !== undefined && own.length === 1) return only;
    throw new MailwardenError('MAILBOX_REQUIRED', { detail: `They are ${choices}.` });
  }
  const wanted = name.trim().toLowerCase();
  const mailbox = own.find((candidate) => candidate.address.toLowerCase() === wanted);
  if (mailbox !== undefined) return mailbox;
  throw new MailwardenError('MAILBOX_UNKNOWN', {
    detail: `${JSON.stringify(name.slice(0, 80))} is not one of ${choices}.`,
    fields: { mailbox: name.slice(0, 80) },
  });
}
