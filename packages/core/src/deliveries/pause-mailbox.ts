import type { Context } from '../context.ts';
import { lockMailboxes } from '../dispatch/lock-mailboxes.ts';
import { appendEvents } from '../events/append-event.ts';
import { toText } from '../operations/parse-arguments.ts';
import { resolveMailbox } from '../operations/resolve-mailbox.ts';

/** Stops a mailbox before its next claim; survives restarts. Requests are still taken. */
export async function pauseMailbox(ctx: Context, name: string, reason: string): Promise<void> {
  const { address } = resolveMailbox(ctx, { kind: 'system' }, toText(name, 'mailbox'));
  const at = ctx.now();
  await ctx.storage.unit(async (tx) => {
    await lockMailboxes(tx, ctx, [address]);
    await tx
      .updateTable('mailbox')
      .set({
        paused: 1,
        paused_by: 'system',
        paused_reason: toText(reason, 'reason') ?? '',
        updated_at: at,
      })
      .where('tenant', '=', ctx.tenant)
      .where('address', '=', address)
      .execute();
    await appendEvents(tx, ctx.tenant, [
      { at, type: 'mailbox.paused', actor: 'system', mailbox: address, details: { reason } },
    ]);
  });
}

/** Lets a paused mailbox send again, from now. */
export async function resumeMailbox(ctx: Context, name: string): Promise<void> {
  const { address } = resolveMailbox(ctx, { kind: 'system' }, toText(name, 'mailbox'));
  const at = ctx.now();
  await ctx.storage.unit(async (tx) => {
    await tx
      .updateTable('mailbox')
      .set({ paused: 0, paused_by: null, paused_reason: null, updated_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('address', '=', address)
      .execute();
    await tx
      .updateTable('delivery')
      .set({ due_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('mailbox', '=', address)
      .where('state', '=', 'deferred')
      .where('reason_code', '=', 'MAILBOX_PAUSED')
      .execute();
    await appendEvents(tx, ctx.tenant, [
      { at, type: 'mailbox.resumed', actor: 'system', mailbox: address },
    ]);
  });
  ctx.wake();
}
