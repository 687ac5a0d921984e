import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toChoice, toText } from '../operations/parse-arguments.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import { findUnknown } from './find-unknown.ts';
import { transition } from './transition.ts';

export interface Resolution {
  readonly deliveryId: string;
  readonly outcome: 'sent' | 'failed';
  readonly reason: string;
}

/** Settles an `unknown` delivery by what a person found out. Throws `NOT_PENDING`. */
export async function resolveUnknown(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  resolution: Resolution,
): Promise<void> {
  const reason = toText(resolution.reason, 'reason');
  const outcome = toChoice(resolution.outcome, 'outcome', ['sent', 'failed']);
  if (outcome === undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', { detail: 'outcome has to be sent or failed.' });
  }
  if (reason === undefined) throw new MailwardenError('REASON_REQUIRED');
  const at = ctx.now();
  await ctx.storage.unit(async (tx) => {
    const from = await findUnknown(tx, ctx, reviewer, resolution.deliveryId);
    const moved =
      from === undefined
        ? undefined
        : await transition(tx, {
            from,
            to: outcome,
            code: 'RESOLVED_BY_PERSON',
            reason,
            actor: `reviewer:${reviewer.id}`,
            at,
            details: { reason },
            ...(outcome === 'sent' ? { patch: { sent_at: at } } : {}),
          });
    if (moved === undefined) {
      throw new MailwardenError('NOT_PENDING', { detail: 'The delivery is not unknown.' });
    }
  });
}
