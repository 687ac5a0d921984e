import { maskSlots } from '../compose/slots.ts';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { digestOutbound } from '../messages/digest-outbound.ts';
import { toAttachmentView } from '../messages/to-attachment-view.ts';
import { toOutboundContent } from '../messages/to-outbound-content.ts';
import { toText } from '../operations/parse-arguments.ts';
import type { ReviewView } from '../operations/results.ts';
import type { Decision } from '../policy/finding.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import type { Db } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';
import { assertReviewable } from './assert-reviewable.ts';
import { loadPendingViews } from './load-pending-views.ts';

/** Everything that a reviewer decides on. Live links are masked; Bcc is shown. */
export async function showMessage(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  messageId: string,
): Promise<ReviewView> {
  const { db } = ctx.storage;
  const id = toText(messageId, 'message_id')?.trim() ?? '';
  const row = await db
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  assertReviewable(reviewer, row, id);
  const [view] = await loadReviewViews(db, ctx, [row]);
  if (view === undefined) throw new MailwardenError('INTERNAL');
  return view;
}

/** Messages with their content, in the same order; for as many as a person looks at. */
export async function loadReviewViews(
  db: Db,
  ctx: Context,
  rows: readonly Message[],
): Promise<readonly ReviewView[]> {
  const pending = await loadPendingViews(db, ctx, rows);
  const revisions = await loadRevisions(
    db,
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row, index) => {
    const view = pending[index];
    const earlier = revisions.get(row.id) ?? [];
    return view === undefined ? [] : [{ ...view, ...toContentView(ctx, row), revisions: earlier }];
  });
}

function toContentView(ctx: Context, row: Message) {
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
    attachments: content.attachments.map(toAttachmentView),
    digest: outbound ? digestOutbound(content, mailbox) : '',
    findings: toFindings(row),
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

async function loadRevisions(
  db: Db,
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReviewView['revisions']>> {
  const rows = await db
    .selectFrom('message_revision')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', 'in', ids)
    .orderBy('revision')
    .execute();
  const views = rows.map((row) => {
    const content = JSON.parse(row.content) as { subject: string; body: string };
    return { id: row.message_id, revision: row.revision, editedBy: row.edited_by, ...content };
  });
  return new Map(
    [...Map.groupBy(views, ({ id }) => id)].map(([id, list]) => [
      id,
      list.map(({ id: _id, ...revision }) => revision),
    ]),
  );
}
