import type { Context } from '../context.ts';
import { lockMailboxes } from '../dispatch/lock-mailboxes.ts';
import { appendEvents } from '../events/append-event.ts';
import { toText } from '../operations/parse-arguments.ts';
import { resolveMailbox } from '../operations/resolve-mailbox.ts';
import type { Tx } from '../storage/database.ts';

/** Keeps a statement below the 32,766 bound values that SQLite takes. */
const ROWS_PER_STATEMENT = 30_000;

/** Stops a mailbox before its next claim; survives restarts. Requests are still taken. */
export async function pauseMailbox(ctx: Context, name: string, reason: string): Promise<void> {
  const { address } = resolveMailbox(ctx, { kind: 'system' }, toText(name, 'mailbox'));
  const why = toText(reason, 'reason') ?? '';
  const at = ctx.now();
  await ctx.storage.unit(async (tx) => {
    await lockMailboxes(tx, ctx, [address]);
    await tx
      .updateTable('mailbox')
      .set({ paused: 1, paused_by: 'system', paused_reason: why, updated_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('address', '=', address)
      .execute();
    await appendEvents(tx, ctx.tenant, [
      { at, type: 'mailbox.paused', actor: 'system', mailbox: address, details: { reason: why } },
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
    await appendEvents(tx, ctx.tenant, [
      { at, type: 'mailbox.resumed', actor: 'system', mailbox: address },
    ]);
  });
  // Apart and without waiting: a claim locks deliveries before their mailbox. What it holds at this
  // moment looks again in a minute by itself.
  await ctx.storage.unit(async (tx) => {
    const waiting = await lockPaused(tx, ctx, address);
    for (let start = 0; start < waiting.length; start += ROWS_PER_STATEMENT) {
      const ids = waiting.slice(start, start + ROWS_PER_STATEMENT);
      await tx
        .updateTable('delivery')
        .set({ due_at: at })
        .where('tenant', '=', ctx.tenant)
        .where('id', 'in', ids)
        .execute();
    }
  });
  ctx.wake();
}

async function lockPaused(tx: Tx, ctx: Context, address: string): Promise<readonly string[]> {
  const query = tx
    .selectFrom('delivery')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', '=', address)
    .where('state', '=', 'deferred')
    .where('reason_code', '=', 'MAILBOX_PAUSED')
    .orderBy('id');
  const locked = ctx.storage.capabilities.supportsRowLocks ? query.forUpdate().skipLocked() : query;
  return (await locked.execute()).map(({ id }) => id);
}
