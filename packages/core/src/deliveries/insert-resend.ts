import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import { ERASED } from '../rights/erased.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';

/** Who wants it, and why. */
export interface ResendOrder {
  readonly actor: string;
  /** A person's words, for the audit. */
  readonly reason?: string;
}

/**
 * Puts a second delivery of the same message, with the same Message-ID, into the queue; the first
 * stays unknown, with its place in every limit, until somebody knows. The claim decides on it as on
 * any other, and no approval from before counts. Returns its id, or `undefined` when there is one
 * already, or nobody left to write to.
 */
export async function insertResend(
  tx: Tx,
  ctx: Context,
  unknown: Delivery,
  { actor, reason }: ResendOrder,
): Promise<string | undefined> {
  if (unknown.recipient === ERASED) return undefined;
  const row = await tx
    .insertInto('delivery')
    .values({
      ...unknown,
      ...AFRESH,
      id: uuidv7(),
      resend_of: unknown.id,
      spent_approval: await findNewestApproval(tx, ctx, unknown.message_id),
      due_at: ctx.now(),
      policy_epoch: ctx.policy.epoch,
      created_at: ctx.now(),
      updated_at: ctx.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { mailbox, message_id, recipient_canonical } = unknown;
  const subject = { mailbox, messageId: message_id, deliveryId: row.id };
  await appendEvents(tx, ctx.tenant, [
    {
      ...{ at: ctx.now(), type: 'delivery.queued', actor, ...subject },
      data: { code: AFRESH.reason_code, resendOf: unknown.id },
      details: reason === undefined ? {} : { reason },
      person: recipient_canonical,
    },
  ]);
  return row.id;
}

const AFRESH = {
  state: 'queued',
  reason_code: 'RESEND_AFTER_UNKNOWN',
  reason: 'Nobody can tell whether the first one arrived; it is sent once more.',
  parked: 0,
  fence: 0,
  lease_until: null,
  lease_owner: null,
  attempts: 0,
  first_attempt_at: null,
  // The key belongs to the first one: a repeated call finds it there.
  idempotency_key: null,
  idempotency_kind: null,
  idempotency_expires_at: null,
  sent_at: null,
  delivered_at: null,
  bounced_at: null,
  complained_at: null,
  unsubscribed_at: null,
  replied_at: null,
  fact_task_id: null,
  review_group: null,
  failure_code: null,
} as const;

async function findNewestApproval(tx: Tx, ctx: Context, messageId: string): Promise<string | null> {
  const rows = await tx
    .selectFrom('approval')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', messageId)
    .execute();
  return (
    rows
      .map(({ id }) => id)
      .sort()
      .at(-1) ?? null
  );
}
