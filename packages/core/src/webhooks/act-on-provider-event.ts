import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { findAddress } from '../identity/address.ts';
import { hasLeft } from '../inbound/consequences/has-left.ts';
import { lockDeliveries } from '../inbound/consequences/lock-deliveries.ts';
import { markBounced } from '../inbound/consequences/mark-bounced.ts';
import { isComplaint, markComplained } from '../inbound/consequences/mark-complained.ts';
import { markDelivered } from '../inbound/consequences/mark-delivered.ts';
import type { ReportSource } from '../inbound/consequences/report-source.ts';
import { toCopy } from '../sent-copies/to-copy.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { SHARED_REPORT } from '../suppression/is-shared-report.ts';
import { recordUnsubscribe } from '../unsubscribe/record-unsubscribe.ts';
import { toUnsubscribeSubject } from '../unsubscribe/to-unsubscribe-subject.ts';
import type { ProviderEvent } from './provider-event.ts';

/** The delivery that an event is about. */
export interface Meant {
  readonly delivery: Delivery;
  /** Nobody else had the message. */
  readonly isOnly: boolean;
}

/**
 * The delivery of these messages that an event is about, locked. Its signature is the proof, so that
 * it may be about mail of any age; the address has to be one that we gave to the provider.
 */
export async function findMeant(
  tx: Tx,
  ctx: Context,
  { recipient }: ProviderEvent,
  messageIds: readonly string[],
): Promise<Meant | undefined> {
  const rows = await lockDeliveries(tx, ctx, messageIds);
  const isOnly = rows.length === 1;
  const tried = rows.filter((row) => hasLeft(row) || row.first_attempt_at !== null);
  if (recipient === undefined) return isOnly ? toMeant(tried[0], isOnly) : undefined;
  const address = findAddress(recipient);
  if (address === undefined) return undefined;
  const { allExact, allCanonical } = ctx.keys.identify(address);
  const exact = tried.find(({ recipient_exact }) => allExact.includes(recipient_exact));
  if (exact !== undefined) return toMeant(exact, isOnly);
  const alike = tried.filter((row) => allCanonical.includes(row.recipient_canonical));
  return alike.length === 1 ? toMeant(alike[0], isOnly) : undefined;
}

function toMeant(delivery: Delivery | undefined, isOnly: boolean): Meant | undefined {
  return delivery === undefined ? undefined : { delivery, isOnly };
}

/** What a provider's event does to the mail of ours that it is about, by the same means as reports. */
export async function actOnProviderEvent(
  tx: Tx,
  ctx: Context,
  event: ProviderEvent,
  { delivery, isOnly }: Meant,
): Promise<void> {
  const at = Math.min(event.at ?? ctx.now(), ctx.now());
  const by = { source: `webhook:${event.provider}`, data: { provider: event.provider }, at };
  await act(tx, ctx, by, { event, delivery: await settle(tx, ctx, by, delivery), isOnly });
}

interface Act extends Meant {
  readonly event: ProviderEvent;
}

async function act(
  tx: Tx,
  ctx: Context,
  by: ReportSource,
  { event, delivery, isOnly }: Act,
): Promise<void> {
  switch (event.kind) {
    case 'accepted':
    case 'deferred':
      return;
    case 'delivered':
      return markDelivered(tx, ctx, by, { delivery, action: 'delivered' });
    case 'bounced':
    case 'rejected': {
      const reported = event.failure === undefined ? [] : [event.failure];
      if (reported.length > 0) await markBounced(tx, ctx, by, { delivery, reported });
      return;
    }
    case 'complained': {
      const type = event.feedback ?? 'abuse';
      if (!isComplaint(type)) return;
      const isGuess = event.isGuess === true && !isOnly;
      const source = isGuess ? `${SHARED_REPORT}${by.source}` : by.source;
      await markComplained(tx, ctx, { ...by, source }, { delivery, type });
      return;
    }
    case 'unsubscribed': {
      // Told again after they came back, it is old news.
      if (delivery.unsubscribed_at !== null) return;
      const wish = { scope: 'marketing', via: 'provider' } as const;
      await recordUnsubscribe(tx, ctx, toUnsubscribeSubject(delivery), wish);
    }
  }
}

/**
 * Whatever it says, the provider has the message: an `unknown` delivery was sent. So it ends the same
 * in whatever order events come.
 */
async function settle(
  tx: Tx,
  ctx: Context,
  { at, data }: ReportSource,
  delivery: Delivery,
): Promise<Delivery> {
  if (delivery.state !== 'unknown') return delivery;
  const moved = await transition(tx, {
    ...{ from: delivery, to: 'sent', code: 'PROVIDER_EVENT', actor: 'system', at: ctx.now(), data },
    reason: 'The provider says that it had the message.',
    patch: { sent_at: delivery.first_attempt_at ?? at, ...toCopy(ctx, delivery) },
  });
  return moved ?? delivery;
}
