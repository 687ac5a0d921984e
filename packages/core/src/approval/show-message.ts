import { maskSlots } from '../compose/slots.ts';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { digestOutbound } from '../messages/digest-outbound.ts';
import { toOutboundContent } from '../messages/to-outbound-content.ts';
import { toText } from '../operations/parse-arguments.ts';
import type { ReviewView } from '../operations/results.ts';
import type { Decision } from '../policy/finding.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';
import { toPendingView } from './list-pending.ts';

/** Everything that a reviewer decides on. Live links are masked; Bcc is shown. */
export async function showMessage(ctx: Context, messageId: string): Promise<ReviewView> {
  const { db } = ctx.storage;
  const id = toText(messageId, 'message_id')?.trim() ?? '';
  const row = await db
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) {
    throw new MailwardenError('MESSAGE_NOT_FOUND', { fields: { messageId: id.slice(0, 80) } });
  }
  return { ...(await toPendingView(db, ctx, row)), ...(await toContentView(db, ctx, row)) };
}

async function toContentView(db: Db, ctx: Context, row: Message) {
  const content = toOutboundContent(row);
  const mailbox = ctx.mailboxes.get(row.mailbox);
  const outbound = row.direction === 'outbound' && mailbox !== undefined;
  const mask = (text: string): string => (row.nonce === null ? text : maskSlots(text, row.nonce));
  return {
    cc: content.cc,
    bcc: content.bcc,
    body: content.body === '' ? (row.new_text ?? row.text) : content.body,
    text: mask(content.text),
    html: outbound ? mask(content.html) : '',
    headers: content.headers,
    digest: outbound ? digestOutbound(content, mailbox) : '',
    findings: toFindings(row),
    revisions: await listRevisions(db, ctx, row.id),
    ...(content.replyTo === undefined ? {} : { replyTo: content.replyTo }),
    ...(row.revises === null ? {} : { revises: { messageId: row.revises, round: row.round } }),
  };
}

function toFindings(row: Message): ReviewView['findings'] {
  if (row.decision === null) return [];
  const { findings } = JSON.parse(row.decision) as Decision;
  return findings
    .filter((finding) => !finding.shadow)
    .map(({ code, message, evidence, needs, discharged }) => ({
      code,
      message,
      evidence,
      isNew: !discharged,
      ...(needs === undefined ? {} : { needs }),
    }));
}

async function listRevisions(db: Db, ctx: Context, id: string): Promise<ReviewView['revisions']> {
  const rows = await db
    .selectFrom('message_revision')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', id)
    .orderBy('revision')
    .execute();
  return rows.map((revision) => {
    const content = JSON.parse(revision.content) as { subject: string; body: string };
    return { revision: revision.revision, editedBy: revision.edited_by, ...content };
  });
}
