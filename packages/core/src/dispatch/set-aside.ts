import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Tx } from '../storage/database.ts';
import type { Envelope } from './lock-envelopes.ts';
import { lookLater } from './look-later.ts';
import { RECONSIDER_AFTER } from './park-delivery.ts';

/**
 * Holds what cannot be decided on by itself. Whether a damaged message is looked at again is up to
 * an operator; what failed for another reason is tried again every minute, as any fault that may be
 * mended without it (P2). Whoever has to look has the whole time for it. Returns whether anything
 * moved.
 */
export async function setAside(
  tx: Tx,
  ctx: Context,
  aside: { readonly envelope: Envelope; readonly error: unknown; readonly actor: string },
): Promise<boolean> {
  const { envelope, error, actor } = aside;
  const damaged = isDamage(error);
  const code = damaged ? 'MESSAGE_UNREADABLE' : 'DECISION_FAILED';
  let moved = false;
  for (const from of envelope) {
    if (from.state === 'held' && from.reason_code === code) {
      moved = (await lookLater(tx, ctx, from)) || moved;
      continue;
    }
    const row = await transition(tx, {
      from,
      to: 'held',
      code,
      reason: damaged
        ? 'The stored message is damaged, so nothing is sent; an operator has to look.'
        : 'It could not be decided on, so nothing is sent; it is tried again by itself.',
      actor,
      at: ctx.now(),
      patch: {
        review_group: null,
        fact_task_id: null,
        parked: damaged ? 0 : 1,
        due_at: ctx.now() + RECONSIDER_AFTER,
      },
    });
    if (row === undefined) continue;
    moved = true;
    await renewReview(tx, ctx, from.message_id);
  }
  return moved;
}

async function renewReview(tx: Tx, ctx: Context, messageId: string): Promise<void> {
  const at = ctx.now();
  await tx
    .updateTable('message')
    .set({ review_expires_at: at + ctx.settings.reviewExpiry, review_warned: 0, updated_at: at })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', messageId)
    .execute();
}

function isDamage(error: unknown): boolean {
  if (error instanceof MailwardenError) return error.info.httpStatus < 500;
  return error instanceof SyntaxError;
}
