import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import { transitionAll } from '../deliveries/transition.ts';
import { moveReservations } from '../policy/reserve.ts';
import type { Tx } from '../storage/database.ts';
import type { Attempt, Delivery } from '../storage/tables/delivery.ts';
import type { BuiltMessage } from './build-message.ts';
import { cancelSeconds } from './cancel-arrived.ts';

/** One delivery that is about to be tried, and its recorded attempt. */
export interface BegunAttempt {
  readonly delivery: Delivery;
  readonly attempt: Attempt;
}

/** Claimed deliveries of one message, and what is about to be sent for them. */
export interface Start {
  readonly deliveries: readonly Delivery[];
  readonly built: Pick<BuiltMessage, 'sha256' | 'date'>;
  /** The next hop, as far as it is known before it answers. */
  readonly host: string | null;
}

/**
 * Commits `sending` and the attempts of some messages just before their sockets, with the leases
 * renewed. What lost its lease or was cancelled since the claim is left out, and so is a resend when
 * news of the first one has come since (P6).
 */
export function beginAttempts(
  ctx: Context,
  worker: string,
  starts: readonly Start[],
): Promise<readonly (readonly BegunAttempt[])[]> {
  return ctx.storage.unit(async (tx) => {
    const claimed = starts.flatMap(({ deliveries }) => deliveries);
    const over = await cancelSeconds(tx, ctx, claimed, `worker:${worker}`);
    const begun = await moveToSending(tx, ctx, worker, without(starts, over));
    const all = begun.flat();
    await moveReservations(
      tx,
      ctx,
      all.map(({ delivery }) => delivery),
    );
    if (all.length > 0) {
      await tx
        .insertInto('attempt')
        .values(all.map(({ attempt }) => attempt))
        .execute();
    }
    return begun;
  });
}

function without(starts: readonly Start[], over: ReadonlySet<string>): readonly Start[] {
  if (over.size === 0) return starts;
  return starts.map((start) => ({
    ...start,
    deliveries: start.deliveries.filter(({ id }) => !over.has(id)),
  }));
}

async function moveToSending(
  tx: Tx,
  ctx: Context,
  worker: string,
  starts: readonly Start[],
): Promise<readonly (readonly BegunAttempt[])[]> {
  const at = ctx.now();
  const lease_until = sql<number>`${ctx.storage.clock} + ${ctx.settings.dispatch.lease}`;
  const moves = starts.flatMap(({ deliveries, built }) =>
    deliveries.map((from) => ({
      ...{ from, to: 'sending' as const, actor: `worker:${worker}`, at },
      ...{ code: 'SENDING', reason: 'It is being handed to the next server.' },
      patch: {
        attempts: from.attempts + 1,
        // A retry says the same Date as what was built here.
        first_attempt_at: from.first_attempt_at ?? built.date,
        lease_until,
      },
    })),
  );
  const rows = new Map((await transitionAll(tx, moves)).map((row) => [row?.id, row]));
  return starts.map(({ deliveries, ...start }) =>
    deliveries.flatMap(({ id }) => {
      const delivery = rows.get(id);
      if (delivery === undefined) return [];
      return { delivery, attempt: toAttempt(ctx, worker, delivery, start) };
    }),
  );
}

function toAttempt(
  ctx: Context,
  worker: string,
  delivery: Delivery,
  { built, host }: Omit<Start, 'deliveries'>,
): Attempt {
  return {
    tenant: ctx.tenant,
    id: uuidv7(),
    delivery_id: delivery.id,
    number: delivery.attempts,
    fence: delivery.fence,
    worker,
    started_at: ctx.now(),
    ended_at: null,
    phase: null,
    outcome: null,
    host,
    reply_code: null,
    reply_enhanced: null,
    reply_text: null,
    bytes_sha256: built.sha256,
  };
}
