import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { DecideResult } from '../operations/results.ts';
import type { Tx } from '../storage/database.ts';
import type { ReviewCase } from './decide-message.ts';
import { insertApproval } from './insert-approval.ts';
import { toRevisionData } from './to-revision-data.ts';

/** Ends the message; its author reads the reason and may revise it. */
export async function rejectMessage(
  tx: Tx,
  ctx: Context,
  review: ReviewCase,
): Promise<DecideResult> {
  const { reviewer, message, held, options } = review;
  const reason = options.reason?.trim() ?? '';
  await insertApproval(tx, ctx, {
    message,
    decision: 'reject',
    reason,
    reviewer,
    discharges: [],
    consumed: false,
  });
  for (const from of held) {
    const moved = await transition(tx, {
      from,
      to: 'rejected',
      code: 'REJECTED',
      reason,
      actor: `reviewer:${reviewer.id}`,
      at: ctx.now(),
      data: toRevisionData(review, message),
      details: { reason },
    });
    if (moved === undefined) throw new MailwardenError('NOT_PENDING');
  }
  return {
    messageId: message.id,
    decision: 'reject',
    revision: message.revision,
    state: 'rejected',
    code: 'REJECTED',
    reason,
  };
}
