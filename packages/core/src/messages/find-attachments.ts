import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Db } from '../storage/database.ts';
import { findAttachmentMessage } from './attachment-id.ts';
import type { OutboundAttachment } from './outbound-content.ts';

/**
 * The attachments behind handles, in their order. Only those of the mailbox's own messages are
 * found, and of none that is still kept from agents. Throws `ARGUMENT_INVALID`.
 */
export async function findAttachments(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  mailbox: Mailbox,
  handles: readonly string[],
): Promise<readonly OutboundAttachment[]> {
  if (handles.length === 0) return [];
  const messages = new Set(handles.flatMap((handle) => findAttachmentMessage(handle) ?? []));
  const rows =
    messages.size === 0
      ? []
      : await db
          .selectFrom('message')
          .select('attachments')
          .where('tenant', '=', ctx.tenant)
          .where('id', 'in', [...messages])
          .where('mailbox', '=', mailbox.address)
          .where('quarantined', '=', 0)
          .execute();
  const stored = rows.flatMap((row) => JSON.parse(row.attachments) as OutboundAttachment[]);
  const byHandle = new Map(stored.map((attachment) => [attachment.id, attachment]));
  return handles.map((handle) => {
    const attachment = byHandle.get(handle);
    if (attachment !== undefined) return attachment;
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `attachments takes handles that read_email lists; ${JSON.stringify(handle.slice(0, 80))} is none of ${mailbox.address}.`,
      fields: { argument: 'attachments' },
    });
  });
}
