import type { Context } from '../context.ts';
import type { AttemptOutcome } from '../dispatch/record-outcome.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { isRateReply } from './is-rate-reply.ts';
import { keysOf, type Routes, type ThrottleKey } from './keys-of.ts';
import { loadRoutes } from './load-routes.ts';
import { providerOfHost } from './provider-of-hosts.ts';
import { SLOW_STEPS } from './slow-steps.ts';

/** A server that asked for less. */
interface Complaint {
  readonly delivery: Delivery;
  /** Before a recipient was named: it is about whoever connects. */
  readonly early: boolean;
  readonly host: string;
  /** When the attempt began, epoch ms. */
  readonly begun: number;
}

/**
 * Slows down whoever was told to, for every worker: the recipient's provider, or its domain when
 * nobody knows the provider; the mailbox, when a relay in between said it. In a unit of its own,
 * after the answers are recorded.
 */
export async function slowDown(
  ctx: Context,
  worker: string,
  outcomes: readonly AttemptOutcome[],
): Promise<void> {
  const complaints = outcomes.flatMap(toComplaints);
  if (complaints.length === 0) return;
  await ctx.storage.unit(async (tx) => {
    const deliveries = complaints.map(({ delivery }) => delivery);
    const { routes } = await loadRoutes(tx, ctx, deliveries);
    const last = new Map<string, { readonly key: ThrottleKey; readonly complaint: Complaint }>();
    for (const complaint of complaints) {
      const key = blame(complaint, routes);
      const known = last.get(key.id)?.complaint.begun ?? 0;
      if (complaint.begun >= known) last.set(key.id, { key, complaint });
    }
    const sorted = [...last.values()].sort((a, b) => (a.key.id < b.key.id ? -1 : 1));
    for (const each of sorted) await slowOne(tx, ctx, worker, each);
  });
}

function toComplaints({ begun, outcomes, result }: AttemptOutcome): readonly Complaint[] {
  return begun.flatMap(({ delivery, attempt }) => {
    const { reply, phase } = outcomes.get(delivery.recipient as Address) ?? {};
    if (reply === undefined || phase === undefined) return [];
    const host = result.host ?? '';
    if (!isRateReply(reply, phase, host)) return [];
    const early = phase === 'connect' || phase === 'mail';
    return [{ delivery, early, host, begun: attempt.started_at }];
  });
}

/** A server with a name that is not the provider's is a relay's, which counts the mailbox. */
function blame({ delivery, early, host }: Complaint, routes: Routes): ThrottleKey {
  const [mailbox, domain, provider] = keysOf(delivery, routes) as [
    ThrottleKey,
    ThrottleKey,
    ThrottleKey?,
  ];
  if (early) return mailbox;
  if (provider === undefined) return domain;
  const answered = providerOfHost(host);
  return answered === '' || answered === provider.name ? provider : mailbox;
}

async function slowOne(
  tx: Tx,
  ctx: Context,
  worker: string,
  { key, complaint }: { readonly key: ThrottleKey; readonly complaint: Complaint },
): Promise<void> {
  const now = ctx.now();
  const { tenant } = ctx;
  const row = await tx
    .insertInto('throttle')
    .values({ tenant, bucket: key.id, tat: 0, queue_end: 0, idle_at: now })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'bucket']).doUpdateSet((eb) => ({ tat: eb.ref('throttle.tat') })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  const isSlow = row.slow_until > now;
  // What was on its way when the first word came says nothing new.
  if (isSlow && complaint.begun <= row.slow_since) return;
  const slow_level = Math.min(isSlow ? row.slow_level + 1 : 1, SLOW_STEPS.length);
  const step = SLOW_STEPS[slow_level - 1] ?? { interval: 0, length: 0 };
  const slow_until = now + step.length;
  await tx
    .updateTable('throttle')
    .set({
      ...{ slow_level, slow_since: now, slow_until },
      tat: Math.max(row.tat, (now + step.interval) * 1_000),
      idle_at: Math.max(row.idle_at, slow_until),
    })
    .where('tenant', '=', tenant)
    .where('bucket', '=', key.id)
    .execute();
  await appendEvents(tx, tenant, [
    {
      ...{ at: now, type: 'throttle.slowed', actor: `worker:${worker}` },
      data: { scope: key.scope, level: slow_level, interval: step.interval, until: slow_until },
      details: { name: key.name },
    },
  ]);
}
