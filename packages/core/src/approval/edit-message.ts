import { hasSlot } from '../compose/has-slot.ts';
import { renderContent } from '../compose/render-content.ts';
import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { digestOutbound } from '../messages/digest-outbound.ts';
import { fingerprintOutbound } from '../messages/fingerprint-outbound.ts';
import { toOutboundContent } from '../messages/to-outbound-content.ts';
import type { Tx } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';
import type { ReviewCase } from './decide-message.ts';

/**
 * Replaces subject, body or category by a reviewer's word: a new revision with a digest of its own. What it
 * replaced is kept. An approved template's text may not be edited: it would no longer be that.
 */
export async function editMessage(
  tx: Tx,
  ctx: Context,
  mailbox: Mailbox,
  { message, reviewer, options }: ReviewCase,
): Promise<Message> {
  const subject = parseSubject(options.edit?.subject ?? message.subject);
  const body = options.edit?.body ?? message.body ?? '';
  checkSize(ctx, subject, body);
  if (message.template !== null) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'The text comes from a template; reject it, or change the template.',
      fields: { argument: 'edit' },
    });
  }
  const before = toOutboundContent(message);
  const category = options.category ?? before.category;
  if (hasSlot('confirm', before)) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'It asks for a confirmation, by words that were fixed; reject it and ask again.',
      fields: { argument: 'edit' },
    });
  }
  const rendered = renderContent({
    subject,
    body,
    category,
    mailboxAddress: mailbox.address,
    nonce: before.nonce,
    ...(mailbox.sender === undefined ? {} : { sender: mailbox.sender }),
    ...(mailbox.disclosure === undefined ? {} : { disclosure: mailbox.disclosure }),
    ...(before.topic === undefined ? {} : { topic: before.topic }),
    ...(ctx.settings.publicUrl === undefined ? {} : { publicUrl: ctx.settings.publicUrl }),
  });
  const content = { ...before, category, subject, body, text: rendered.text, html: rendered.html };
  await keepRevision(tx, ctx, message, reviewer.id);
  const row = await tx
    .updateTable('message')
    .set({
      category,
      subject,
      body,
      text: rendered.text,
      html: rendered.html,
      digest: digestOutbound(content, mailbox),
      revision: message.revision + 1,
      review_expires_at: ctx.now() + ctx.settings.reviewExpiry,
      updated_at: ctx.now(),
    })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', message.id)
    .where('revision', '=', message.revision)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new MailwardenError('REVISION_CONFLICT');
  await tx
    .updateTable('delivery')
    .set({ category, content_fingerprint: fingerprintOutbound(content) })
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', message.id)
    .execute();
  return row;
}

async function keepRevision(
  tx: Tx,
  ctx: Context,
  message: Message,
  editedBy: string,
): Promise<void> {
  await tx
    .insertInto('message_revision')
    .values({
      tenant: ctx.tenant,
      message_id: message.id,
      revision: message.revision,
      content: JSON.stringify({
        subject: message.subject,
        body: message.body ?? '',
        category: message.category,
      }),
      digest: message.digest ?? '',
      edited_by: editedBy,
      created_at: ctx.now(),
    })
    .execute();
}

function parseSubject(subject: string): string {
  if (subject.trim() !== '' && subject.length <= 998 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject)) {
    return subject.trim();
  }
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: 'subject has to be one line of 1 to 998 characters.',
    fields: { argument: 'subject' },
  });
}

function checkSize(ctx: Context, subject: string, body: string): void {
  const bytes = Buffer.byteLength(subject) + Buffer.byteLength(body);
  if (body.trim() !== '' && bytes <= ctx.settings.maxBodyBytes) return;
  throw new MailwardenError('BODY_TOO_LARGE', {
    detail: `It has ${bytes} bytes; 1 to ${ctx.settings.maxBodyBytes} are allowed.`,
  });
}
