import type { Context } from '../../context.ts';
import type { Arrival } from './arrival.ts';

/** Records that a report changed nothing, and why: it may be forged, or about somebody else's mail. */
export function ignoreReport(
  ctx: Pick<Context, 'now'>,
  { id, mailbox, parsed, note }: Arrival,
  why: string,
): void {
  note({
    at: ctx.now(),
    type: 'report.ignored',
    actor: 'system',
    mailbox: mailbox.address,
    messageId: id,
    data: { kind: parsed.kind, why },
  });
}
