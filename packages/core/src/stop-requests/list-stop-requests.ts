import type { Context } from '../context.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';

/** Mail that may ask us to stop, as a person reads it. */
export interface StopRequestView {
  readonly id: string;
  readonly mailbox: string;
  readonly messageId: string;
  /** Who wrote. Untrusted, like everything in it. */
  readonly from: string;
  readonly subject: string;
  /** What they wrote, without quoted history; at most 2,000 characters. */
  readonly text: string;
  /** Epoch ms. */
  readonly askedAt: number;
}

const LIMIT = 100;
const MAX_TEXT = 2_000;

/** What waits for a decision, oldest first, at most 100. */
export async function listStopRequests(
  ctx: Context,
  { mailboxes }: ReviewerPrincipal,
): Promise<readonly StopRequestView[]> {
  const rows = await ctx.storage.db
    .selectFrom('stop_request')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'stop_request.tenant')
        .onRef('message.id', '=', 'stop_request.message_id'),
    )
    .select(['stop_request.id', 'stop_request.mailbox', 'stop_request.asked_at'])
    .select(['message.id as messageId', 'message.from_address', 'message.subject'])
    .select(['message.new_text', 'message.text'])
    .where('stop_request.tenant', '=', ctx.tenant)
    .where('stop_request.decided_at', 'is', null)
    .$if(mailboxes !== undefined, (query) =>
      query.where('stop_request.mailbox', 'in', mailboxes ?? []),
    )
    .orderBy('stop_request.asked_at')
    .orderBy('stop_request.id')
    .limit(LIMIT)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    mailbox: row.mailbox,
    messageId: row.messageId,
    from: row.from_address,
    subject: row.subject,
    text: (row.new_text ?? row.text).slice(0, MAX_TEXT),
    askedAt: row.asked_at,
  }));
}
