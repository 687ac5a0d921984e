import type { Context } from '../context.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import type { Attempt, Delivery } from '../storage/tables/delivery.ts';

/** A delivery of which nobody knows whether it arrived, with all that is known. */
export interface UnknownDelivery {
  readonly deliveryId: string;
  readonly messageId: string;
  readonly mailbox: string;
  readonly recipient: string;
  readonly subject: string;
  /** What to look for in the logs of servers and in the recipient's mailbox, without brackets. */
  readonly internetMessageId: string;
  readonly code: string;
  readonly reason: string;
  /** Epoch ms. */
  readonly since: number;
  /** The try that ended so. */
  readonly attempt?: UnknownAttempt;
  /** The delivery that was sent after it. */
  readonly resentAs?: string;
}

export interface UnknownAttempt {
  /** 1 for the first. */
  readonly number: number;
  readonly worker: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Absent: the worker stopped before it could say. */
  readonly endedAt?: number;
  /** The server that it was handed to. */
  readonly host?: string;
  /** How far the dialogue certainly got; absent when the worker stopped. */
  readonly phase?: string;
  readonly replyCode?: number;
  readonly replyEnhanced?: string;
  /** The server's words: untrusted. */
  readonly replyText?: string;
  /** SHA-256 of the bytes that went out, hex. */
  readonly sha256: string;
}

const LIMIT = 100;

/** What nobody knows yet, oldest first, at most 100; what was sent once more is listed, too. */
export async function listUnknown(
  ctx: Context,
  { mailboxes }: ReviewerPrincipal,
): Promise<readonly UnknownDelivery[]> {
  const { db } = ctx.storage;
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'delivery.tenant')
        .onRef('message.id', '=', 'delivery.message_id'),
    )
    .selectAll('delivery')
    .select(['message.subject', 'message.internet_message_id'])
    .where('delivery.tenant', '=', ctx.tenant)
    .where('delivery.state', '=', 'unknown')
    .$if(mailboxes !== undefined, (query) => query.where('delivery.mailbox', 'in', mailboxes ?? []))
    .orderBy('delivery.due_at')
    .orderBy('delivery.id')
    .limit(LIMIT)
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const attempts = await db
    .selectFrom('attempt')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('delivery_id', 'in', ids)
    .execute();
  const resends = await db
    .selectFrom('delivery')
    .select(['id', 'resend_of'])
    .where('tenant', '=', ctx.tenant)
    .where('resend_of', 'in', ids)
    .execute();
  const resentAs = new Map(resends.map(({ id, resend_of }) => [resend_of, id]));
  const last = new Map(
    attempts.toSorted((a, b) => a.number - b.number).map((each) => [each.delivery_id, each]),
  );
  return rows.map((row) => toView(row, last.get(row.id), resentAs.get(row.id)));
}

function toView(
  row: Delivery & { readonly subject: string; readonly internet_message_id: string },
  attempt: Attempt | undefined,
  resentAs: string | undefined,
): UnknownDelivery {
  return {
    deliveryId: row.id,
    messageId: row.message_id,
    mailbox: row.mailbox,
    recipient: row.recipient,
    subject: row.subject,
    internetMessageId: row.internet_message_id,
    code: row.reason_code,
    reason: row.reason,
    since: row.updated_at,
    ...(attempt === undefined ? {} : { attempt: toAttempt(attempt) }),
    ...(resentAs === undefined ? {} : { resentAs }),
  };
}

function toAttempt(row: Attempt): UnknownAttempt {
  return {
    number: row.number,
    worker: row.worker,
    startedAt: row.started_at,
    sha256: row.bytes_sha256,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.host === null ? {} : { host: row.host }),
    ...(row.phase === null ? {} : { phase: row.phase }),
    ...(row.reply_code === null ? {} : { replyCode: row.reply_code }),
    ...(row.reply_enhanced === null ? {} : { replyEnhanced: row.reply_enhanced }),
    ...(row.reply_text === null ? {} : { replyText: row.reply_text }),
  };
}
