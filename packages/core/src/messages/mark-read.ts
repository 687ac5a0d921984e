import type { Context } from '../context.ts';
import type { Principal } from '../principal/principal.ts';
import type { Message } from '../storage/tables/message.ts';

/**
 * Records that this agent, in this run, was shown these messages from outside. It is done before
 * they are handed over: what a run has read limits what it may do. `\Seen` on the server stays.
 */
export async function markRead(
  ctx: Context,
  principal: Principal,
  messages: readonly Message[],
): Promise<void> {
  const inbound = messages.filter(({ direction }) => direction === 'inbound');
  if (principal.kind !== 'agent' || inbound.length === 0) return;
  const { id: agent, run = '' } = principal;
  const rows = inbound.map(({ id }) => ({
    tenant: ctx.tenant,
    message_id: id,
    agent,
    run,
    read_at: ctx.now(),
  }));
  await ctx.storage.unit((tx) =>
    tx
      .insertInto('read_mark')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'message_id', 'agent', 'run']).doNothing(),
      )
      .execute(),
  );
}
