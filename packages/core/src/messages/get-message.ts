import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { listMailboxes, resolveMailbox } from '../operations/resolve-mailbox.ts';
import type { Principal } from '../principal/principal.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';

/** The addresses of the mailbox that a call names, or of all that the principal may use. */
export function listMailboxAddresses(
  ctx: Context,
  principal: Principal,
  mailbox: string | undefined,
): readonly string[] {
  const mailboxes =
    mailbox === undefined
      ? listMailboxes(ctx, principal)
      : [resolveMailbox(ctx, principal, mailbox)];
  return mailboxes.map(({ address }) => address);
}

/**
 * A message that the principal may see: of its mailboxes, and for an agent not quarantined. Throws
 * `MESSAGE_NOT_FOUND`, also for a message that exists elsewhere, or `MAILBOX_UNKNOWN`.
 */
export async function getMessage(
  db: Db,
  ctx: Context,
  principal: Principal,
  wanted: { readonly id: string; readonly mailbox: string | undefined },
): Promise<Message> {
  const addresses = listMailboxAddresses(ctx, principal, wanted.mailbox);
  const row = await db
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', wanted.id)
    .executeTakeFirst();
  const hidden = principal.kind === 'agent' && row?.quarantined === 1;
  if (row !== undefined && addresses.includes(row.mailbox) && !hidden) return row;
  throw new MailwardenError('MESSAGE_NOT_FOUND', {
    fields: { messageId: wanted.id.slice(0, 80) },
  });
}
