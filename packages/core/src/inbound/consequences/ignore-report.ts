import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import type { Tx } from '../../storage/database.ts';
import type { Arrival } from './arrival.ts';

/** Records that a report changed nothing, and why: it may be forged, or about somebody else's mail. */
export async function ignoreReport(
  tx: Tx,
  ctx: Context,
  { id, mailbox, parsed }: Arrival,
  why: string,
): Promise<void> {
  await appendEvents(tx, ctx.tenant, [
    {
      at: ctx.now(),
      type: 'report.ignored',
      actor: 'system',
      mailbox: mailbox.address,
      messageId: id,
      data: { kind: parsed.kind, why },
    },
  ]);
}
