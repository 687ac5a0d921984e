import { trace } from '@opentelemetry/api';
import type { Context } from '../context.ts';
import type { BegunAttempt } from '../dispatch/begin-attempt.ts';
import type { Address } from '../identity/address.ts';
import type { RecipientOutcome } from '../transport/classify-result.ts';
import { instruments } from './instruments.ts';
import { quietly } from './quietly.ts';

/** Tells operators what a server said about each delivery of one transaction. */
export function observeAttempt(
  ctx: Pick<Context, 'logger'>,
  begun: readonly BegunAttempt[],
  outcomes: ReadonlyMap<Address, RecipientOutcome>,
): void {
  quietly(() => observe(ctx, begun, outcomes));
}

function observe(
  ctx: Pick<Context, 'logger'>,
  begun: readonly BegunAttempt[],
  outcomes: ReadonlyMap<Address, RecipientOutcome>,
): void {
  for (const { delivery, attempt } of begun) {
    const said = outcomes.get(delivery.recipient as Address);
    if (said === undefined) continue;
    const { outcome, phase, code, reply } = said;
    const replyClass = reply?.code === undefined ? 'none' : `${Math.floor(reply.code / 100)}xx`;
    instruments().replies.add(1, { class: replyClass, outcome, phase });
    trace.getActiveSpan()?.addEvent('mailwarden.outcome', {
      'mailwarden.delivery_id': delivery.id,
      'mailwarden.outcome': outcome,
      'mailwarden.code': code,
      'mailwarden.phase': phase,
    });
    const level = outcome === 'permanent' || outcome === 'unknown' ? 'warn' : 'info';
    ctx.logger?.[level](`delivery ${outcome}`, {
      ...{ messageId: delivery.message_id, deliveryId: delivery.id, attempt: attempt.number },
      ...{ outcome, code, phase },
      ...(reply?.code === undefined ? {} : { replyCode: reply.code }),
    });
  }
}
