import type { Context } from '../context.ts';
import type { DeliveryState } from '../deliveries/delivery-state.ts';
import { transition } from '../deliveries/transition.ts';
import { recordFailure } from '../failures/record-failure.ts';
import type { Address } from '../identity/address.ts';
import { ERASED } from '../rights/erased.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { RecipientOutcome } from '../transport/classify-result.ts';
import type { TransportResult } from '../transport/transport.ts';
import type { BegunAttempt } from './begin-attempt.ts';
import { releasePlaces } from './release-places.ts';
import { retryDelay } from './retry-delay.ts';

/** What came back for one SMTP transaction. */
export interface AttemptOutcome {
  readonly worker: string;
  readonly begun: readonly BegunAttempt[];
  readonly outcomes: ReadonlyMap<Address, RecipientOutcome>;
  readonly result: TransportResult;
}

/**
 * Records what the server said. A worker may always record the outcome of its own attempt, however
 * late: its 250 is the best evidence there is (architecture.md §7).
 */
export async function recordOutcome(ctx: Context, outcome: AttemptOutcome): Promise<void> {
  const random = Math.random();
  await ctx.storage.unit(async (tx) => {
    for (const attempt of outcome.begun) await recordOne(tx, ctx, outcome, attempt, random);
  });
}

async function recordOne(
  tx: Tx,
  ctx: Context,
  { worker, outcomes, result }: AttemptOutcome,
  { delivery, attemptId }: BegunAttempt,
  random: number,
): Promise<void> {
  const outcome = outcomes.get(delivery.recipient as Address) ?? UNANSWERED;
  const row = await lockDelivery(tx, ctx, delivery.id);
  // The recipient was erased while the server had the message.
  const erased = row?.recipient === ERASED;
  await tx
    .updateTable('attempt')
    .set({
      ended_at: ctx.now(),
      phase: outcome.phase,
      outcome: outcome.outcome,
      host: result.host ?? null,
      reply_code: outcome.reply?.code ?? null,
      reply_enhanced: outcome.reply?.enhanced ?? null,
      reply_text: erased ? null : (outcome.reply?.text ?? null),
    })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', attemptId)
    .execute();
  if (row === undefined || !isOwnAttempt(row, delivery)) return;
  const current = row;
  const move = erased ? toErased(ctx, outcome) : toMove(ctx, current, outcome, random);
  if (current.state === 'unknown' && move.to !== 'sent' && move.to !== 'failed') return;
  await transition(tx, { ...move, from: current, actor: `worker:${worker}`, at: ctx.now() });
  await releasePlaces(tx, ctx, [current]);
  const { refusal, addressIsDead } = outcome;
  if (refusal === undefined || (move.to !== 'failed' && move.to !== 'expired')) return;
  const isDead = outcome.outcome === 'permanent' && addressIsDead;
  const failure = { reason: refusal, isDead, source: `worker:${worker}`, at: ctx.now() };
  await recordFailure(tx, ctx, row, failure);
}

const UNANSWERED: RecipientOutcome = {
  outcome: 'unknown',
  phase: 'unknown',
  code: 'UNKNOWN',
  reason: 'The server may have the message; nobody answered for this recipient.',
  addressIsDead: false,
};

/** Before anything is written: an erasure takes the same lock, so each sees what the other did. */
async function lockDelivery(tx: Tx, ctx: Context, id: string): Promise<Delivery | undefined> {
  const query = tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id);
  const locked = ctx.storage.capabilities.supportsRowLocks ? query.forUpdate() : query;
  return locked.executeTakeFirst();
}

/** Whether the row is still in the hands of this attempt: same fence, `sending` or `unknown`. */
function isOwnAttempt({ fence, state }: Delivery, attempted: Delivery): boolean {
  return fence === attempted.fence && (state === 'sending' || state === 'unknown');
}

interface Move {
  readonly to: DeliveryState;
  readonly code: string;
  readonly reason: string;
  readonly patch?: { sent_at?: number; due_at?: number };
}

function toMove(
  ctx: Context,
  delivery: Delivery,
  { outcome, code, reason }: RecipientOutcome,
  random: number,
): Move {
  switch (outcome) {
    case 'sent':
      return { to: 'sent', code, reason, patch: { sent_at: ctx.now() } };
    case 'permanent':
      return { to: 'failed', code, reason };
    case 'unknown':
      return { to: 'unknown', code, reason };
    case 'transient':
      return toRetry(ctx, delivery, { code, reason }, random);
  }
}

/** Without content and recipient there is nothing to try again. */
function toErased(ctx: Context, { outcome, code }: RecipientOutcome): Move {
  if (outcome === 'sent')
    return { to: 'sent', code, reason: ERASED, patch: { sent_at: ctx.now() } };
  if (outcome === 'unknown') return { to: 'unknown', code, reason: ERASED };
  return { to: 'failed', code: 'ERASED', reason: ERASED };
}

function toRetry(
  ctx: Context,
  delivery: Delivery,
  why: { readonly code: string; readonly reason: string },
  random: number,
): Move {
  const { retryDelay: delay, retryFor } = ctx.settings.dispatch;
  const due = ctx.now() + retryDelay({ attempts: delivery.attempts, delay, random });
  if (due <= (delivery.first_attempt_at ?? ctx.now()) + retryFor) {
    return { to: 'deferred', ...why, patch: { due_at: due } };
  }
  return { to: 'expired', code: 'RETRY_EXPIRED', reason: `Retried until now: ${why.reason}` };
}
