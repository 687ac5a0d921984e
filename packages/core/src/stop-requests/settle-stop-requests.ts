import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Tx } from '../storage/database.ts';

/** How what is open about a person was decided. */
export interface Settlement {
  /** HMACs of the person, under every key. */
  readonly canonicals: readonly string[];
  /** Only this request. @default all of the sender */
  readonly id?: string;
  readonly senderId: string;
  readonly decision: 'stop' | 'continue';
  /** `recipient` or `reviewer:<id>`. */
  readonly by: string;
  readonly reason?: string;
}

/** Closes open stop requests. Mail that waits for them is decided again. */
export async function settleStopRequests(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  { canonicals, id, senderId, decision, by, reason }: Settlement,
): Promise<void> {
  const at = ctx.now();
  const rows = await tx
    .updateTable('stop_request')
    .set({ decision, decided_by: by, decided_at: at })
    .where('tenant', '=', ctx.tenant)
    .where('canonical', 'in', canonicals)
    .where('sender_id', '=', senderId)
    .where('decided_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .returning(['id', 'mailbox', 'message_id', 'canonical'])
    .execute();
  await appendEvents(
    tx,
    ctx.tenant,
    rows.map((row) => ({
      at,
      type: 'stop_request.decided',
      actor: by,
      mailbox: row.mailbox,
      messageId: row.message_id,
      data: { requestId: row.id, decision },
      person: row.canonical,
      ...(reason === undefined ? {} : { details: { reason } }),
    })),
  );
}
