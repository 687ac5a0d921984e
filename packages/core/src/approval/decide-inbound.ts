import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import type { DecideResult } from '../operations/results.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';

/** Releases a `gated_all` mailbox's inbound message to agents, or keeps it from them for good. */
export async function decideInbound(
  tx: Tx,
  ctx: Context,
  review: {
    readonly reviewer: ReviewerPrincipal;
    readonly message: Message;
    readonly decision: 'approve' | 'reject';
    readonly reason: string;
  },
): Promise<DecideResult> {
  const { reviewer, message, decision, reason } = review;
  const at = ctx.now();
  const changed = await tx
    .updateTable('message')
    .set({ quarantined: decision === 'approve' ? 0 : 1, review_expires_at: null, updated_at: at })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', message.id)
    .where('quarantined', '=', 1)
    .where('review_expires_at', 'is not', null)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) throw new MailwardenError('NOT_PENDING');
  const type = decision === 'approve' ? 'message.released' : 'message.withheld';
  await appendEvents(tx, ctx.tenant, [
    {
      at,
      type,
      actor: `reviewer:${reviewer.id}`,
      mailbox: message.mailbox,
      messageId: message.id,
      details: { reason },
      person: ctx.keys.identify(message.from_address as Address).canonical,
    },
  ]);
  return {
    messageId: message.id,
    decision,
    revision: message.revision,
    state: decision === 'approve' ? 'sent' : 'rejected',
    code: decision === 'approve' ? 'RELEASED' : 'REJECTED',
    reason: reason === '' ? 'Agents can read it now.' : reason,
  };
}
