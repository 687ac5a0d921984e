import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toText } from '../operations/parse-arguments.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import { findUnknown } from './find-unknown.ts';
import { insertResend } from './insert-resend.ts';

/** What a person wants sent once more. */
export interface ResendInput {
  readonly deliveryId: string;
  readonly reason: string;
}

/**
 * Sends once more what ended `unknown`, at the risk that it arrives twice. In a mode that asks
 * people it then waits for an approval of its own. Throws `NOT_PENDING`, `REASON_REQUIRED`.
 */
export async function resendUnknown(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  input: ResendInput,
): Promise<{ readonly deliveryId: string }> {
  const reason = toText(input.reason, 'reason');
  if (reason === undefined) throw new MailwardenError('REASON_REQUIRED');
  const id = await ctx.storage.unit(async (tx) => {
    const unknown = await findUnknown(tx, ctx, reviewer, input.deliveryId);
    const order = { actor: `reviewer:${reviewer.id}`, reason };
    return unknown && (await insertResend(tx, ctx, unknown, order));
  });
  if (id === undefined) {
    throw new MailwardenError('NOT_PENDING', {
      detail: 'The delivery is not unknown, or it was sent once more already.',
    });
  }
  ctx.wake();
  return { deliveryId: id };
}
