import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { releasePlaces } from '../dispatch/release-places.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Outcome } from './outcome.ts';
import { refuseUnknown, toText } from './parse-arguments.ts';
import { toRefusal } from './to-refusal.ts';

const CANCELLABLE: readonly Delivery['state'][] = ['held', 'queued', 'claimed', 'deferred'];

/** Stops an agent's own message as long as no attempt has begun; doing so twice is fine. */
export async function cancelEmail(
  ctx: Context,
  principal: AgentPrincipal,
  input: { readonly messageId: string },
): Promise<Outcome<{ readonly messageId: string }>> {
  try {
    refuseUnknown(input, ['messageId'], 'cancel_email');
    const messageId = toText(input.messageId, 'message_id')?.trim() ?? '';
    await ctx.storage.unit((tx) => cancel(tx, ctx, principal, messageId));
    return { status: 'ok', messageId };
  } catch (error) {
    return toRefusal(error);
  }
}

async function cancel(
  tx: Tx,
  ctx: Context,
  principal: AgentPrincipal,
  messageId: string,
): Promise<void> {
  const rows = await tx
    .selectFrom('delivery')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'delivery.tenant')
        .onRef('message.id', '=', 'delivery.message_id'),
    )
    .selectAll('delivery')
    .where('delivery.tenant', '=', ctx.tenant)
    .where('delivery.message_id', '=', messageId)
    .where('message.agent', '=', principal.id)
    .where('message.mailbox', 'in', [...principal.mailboxes])
    // In the order in which everybody else locks them.
    .orderBy('delivery.id')
    .execute();
  if (rows.length === 0) throw new MailwardenError('MESSAGE_NOT_FOUND');
  const open = rows.filter((row) => row.state !== 'cancelled');
  const late = open.find((row) => !CANCELLABLE.includes(row.state));
  if (late !== undefined) {
    throw new MailwardenError('NOT_CANCELLABLE', { detail: `It is ${late.state}.` });
  }
  for (const from of open) {
    const moved = await transition(tx, {
      from,
      to: 'cancelled',
      code: 'CANCELLED',
      reason: 'The agent cancelled it.',
      actor: `agent:${principal.id}`,
      at: ctx.now(),
    });
    if (moved === undefined) throw new MailwardenError('NOT_CANCELLABLE');
  }
  await releasePlaces(tx, ctx, open);
}
