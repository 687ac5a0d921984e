import type { Context } from '../context.ts';
import { listTagsOf } from '../messages/list-tags-of.ts';
import type { PendingView } from '../operations/results.ts';
import type { Decision } from '../policy/finding.ts';
import type { Db } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { reviewToken } from './review-token.ts';

/** What a list needs of a message: no content. */
export const PENDING_COLUMNS = [
  'message.id',
  'message.mailbox',
  'message.direction',
  'message.from_address',
  'message.to_addresses',
  'message.subject',
  'message.agent',
  'message.category',
  'message.campaign',
  'message.decision',
  'message.digest',
  'message.revision',
  'message.review_expires_at',
  'message.created_at',
] as const;

type Column = (typeof PENDING_COLUMNS)[number] extends `message.${infer Name}` ? Name : never;
export type PendingRow = Pick<Message, Column & keyof Message>;

type Waiting = Pick<Delivery, 'message_id' | 'state' | 'reason_code' | 'reason' | 'resend_of'>;

/** Waiting messages as people see them, in the same order; one query for all of each kind. */
export async function loadPendingViews(
  db: Db,
  ctx: Context,
  rows: readonly PendingRow[],
): Promise<readonly PendingView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const waiting = await db
    .selectFrom('delivery')
    .select(['message_id', 'state', 'reason_code', 'reason', 'resend_of'])
    .where('tenant', '=', ctx.tenant)
    .where('message_id', 'in', ids)
    .where('state', 'in', ['held', 'rejected'])
    .orderBy('id')
    .execute();
  const first = new Map(waiting.toReversed().map((row) => [row.message_id, row]));
  const tags = await listTagsOf(db, ctx, 'message', ids);
  return rows.map((row) => toPendingView(ctx, row, first.get(row.id), tags.get(row.id) ?? []));
}

/** The reason is the reviewer's when it was rejected. */
function toPendingView(
  ctx: Context,
  row: PendingRow,
  held: Waiting | undefined,
  tags: readonly string[],
): PendingView {
  const decision = row.decision === null ? undefined : (JSON.parse(row.decision) as Decision);
  const needsFact = decision?.findings.some(
    (finding) => finding.needs === 'fact' && !finding.shadow && finding.effect === 'hold',
  );
  return {
    id: row.id,
    mailbox: row.mailbox,
    from: row.from_address,
    to: JSON.parse(row.to_addresses) as string[],
    subject: row.subject,
    agent: row.agent ?? '',
    category: row.direction === 'inbound' ? 'inbound' : (row.category ?? 'marketing'),
    tags,
    code: held?.reason_code ?? 'INBOUND_REVIEW',
    reason: held?.reason ?? 'Mail to this mailbox is shown to agents after a person released it.',
    needs: needsFact === true ? 'fact' : 'look',
    state: held?.state === 'rejected' ? 'rejected' : 'held',
    revision: row.revision,
    review: reviewToken(row),
    createdAt: row.created_at,
    expiresAt: row.review_expires_at ?? row.created_at + ctx.settings.reviewExpiry,
    ...(row.campaign === null ? {} : { campaign: row.campaign }),
    ...(held?.resend_of == null ? {} : { resendOf: held.resend_of }),
  };
}
