import type { Context } from '../context.ts';
import type { DeliveryState } from '../deliveries/delivery-state.ts';
import { settleBySentFolder } from '../deliveries/settle-by-sent-folder.ts';
import { transitionAll } from '../deliveries/transition.ts';
import { recordFailure } from '../failures/record-failure.ts';
import type { Address } from '../identity/address.ts';
import { ERASED } from '../rights/erased.ts';
import { toCopy } from '../sent-copies/to-copy.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import type { RecipientOutcome } from '../transport/classify-result.ts';
import type { TransportResult } from '../transport/transport.ts';
import type { BegunAttempt } from './begin-attempt.ts';
import { selectDeliveries } from './lock-envelopes.ts';
import { recordRelayIds } from './record-relay-ids.ts';
import { releasePlaces } from './release-places.ts';
import { retryWait } from './retry-wait.ts';

/** What came back for one SMTP transaction. */
export interface AttemptOutcome {
  readonly worker: string;
  readonly begun: readonly BegunAttempt[];
  readonly outcomes: ReadonlyMap<Address, RecipientOutcome>;
  readonly result: TransportResult;
}

/**
 * Records what servers said, of several transactions at once. A worker may always record the outcome
 * of its own attempt, however late: its 250 is the best evidence there is (architecture.md §7).
 */
export async function recordOutcomes(
  ctx: Context,
  outcomes: readonly AttemptOutcome[],
): Promise<void> {
  const random = Math.random();
  await ctx.storage.unit(async (tx) => {
    const ids = outcomes.flatMap(({ begun }) => begun.map(({ delivery }) => delivery.id));
    const rows = await lockDeliveries(tx, ctx, ids);
    const answers = outcomes.flatMap((outcome) =>
      outcome.begun.map((begun) => toAnswer(outcome, begun, rows.get(begun.delivery.id))),
    );
    await endAttempts(tx, ctx, answers);
    await recordRelayIds(
      tx,
      ctx,
      answers.filter(({ erased }) => !erased).map(({ begun, outcome }) => ({ ...begun, outcome })),
    );
    const own = answers.filter(isOwnAttempt);
    await move(tx, ctx, own, random);
  });
}

/** What one server said about one delivery, and how that stands now. */
interface Answer {
  readonly worker: string;
  readonly begun: BegunAttempt;
  readonly outcome: RecipientOutcome;
  readonly host: string | undefined;
  readonly row: Delivery | undefined;
  /** The recipient was erased while the server had the message. */
  readonly erased: boolean;
}

function toAnswer(
  { worker, outcomes, result }: AttemptOutcome,
  begun: BegunAttempt,
  row: Delivery | undefined,
): Answer {
  const outcome = outcomes.get(begun.delivery.recipient as Address) ?? UNANSWERED;
  return { worker, begun, outcome, host: result.host, row, erased: row?.recipient === ERASED };
}

/** Nothing ever deletes an attempt, so that every row is there and only changes. */
async function endAttempts(tx: Tx, ctx: Context, answers: readonly Answer[]): Promise<void> {
  await tx
    .insertInto('attempt')
    .values(
      answers.map(({ begun, outcome, host, erased }) => ({
        ...begun.attempt,
        ended_at: ctx.now(),
        phase: outcome.phase,
        outcome: outcome.outcome,
        host: host ?? begun.attempt.host,
        reply_code: outcome.reply?.code ?? null,
        reply_enhanced: outcome.reply?.enhanced ?? null,
        reply_text: erased ? null : (outcome.reply?.text ?? null),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'id']).doUpdateSet((eb) => ({
        ended_at: eb.ref('excluded.ended_at'),
        phase: eb.ref('excluded.phase'),
        outcome: eb.ref('excluded.outcome'),
        host: eb.ref('excluded.host'),
        reply_code: eb.ref('excluded.reply_code'),
        reply_enhanced: eb.ref('excluded.reply_enhanced'),
        reply_text: eb.ref('excluded.reply_text'),
      })),
    )
    .execute();
}

type OwnAnswer = Answer & { readonly row: Delivery };

async function move(
  tx: Tx,
  ctx: Context,
  answers: readonly OwnAnswer[],
  random: number,
): Promise<void> {
  const moves = answers.flatMap(({ row, erased, outcome, worker }) => {
    const now = erased ? toErased(ctx, outcome) : toMove(ctx, row, outcome, random);
    const to = row.state === 'unknown' ? toLate(now) : now;
    if (to === undefined) return [];
    const data = to.to === 'unknown' ? { attempt: row.attempts, phase: outcome.phase } : {};
    return [{ ...to, from: row, actor: `worker:${worker}`, at: ctx.now(), data }];
  });
  // In one order, before anything locks them one by one.
  const waited = answers.filter(({ outcome, erased }) => outcome.outcome !== 'sent' && !erased);
  await lockRecipients(
    tx,
    ctx,
    waited.map(({ begun }) => ctx.keys.identify(begun.delivery.recipient as Address)),
  );
  await transitionAll(tx, moves);
  // What a server accepted has used its places.
  await releasePlaces(
    tx,
    ctx,
    moves.filter(({ to }) => to !== 'sent').map(({ from }) => from),
  );
  const lost = moves.filter(({ to }) => to === 'unknown').map(({ from }) => from.message_id);
  // The copy may have been seen while the server kept us waiting for its answer.
  await settleBySentFolder(tx, ctx, lost);
  const moved = new Map(moves.map((each) => [each.from.id, each.to]));
  for (const { row, outcome, worker } of answers) {
    const to = moved.get(row.id);
    const { refusal, addressIsDead } = outcome;
    if (refusal === undefined || (to !== 'failed' && to !== 'expired')) continue;
    const isDead = outcome.outcome === 'permanent' && addressIsDead;
    const failure = { reason: refusal, isDead, source: `worker:${worker}`, at: ctx.now() };
    await recordFailure(tx, ctx, row, failure);
  }
}

const UNANSWERED: RecipientOutcome = {
  outcome: 'unknown',
  phase: 'unknown',
  code: 'UNKNOWN',
  reason: 'The server may have the message; nobody answered for this recipient.',
  addressIsDead: false,
};

/** Before anything is written: an erasure takes the same locks, so each sees what the other did. */
async function lockDeliveries(
  tx: Tx,
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Delivery>> {
  const query = selectDeliveries(tx, ctx).where('id', 'in', ids).orderBy('id');
  const locked = ctx.storage.capabilities.supportsRowLocks ? query.forUpdate() : query;
  return new Map((await locked.execute()).map((row) => [row.id, row]));
}

/** Whether the row is still in the hands of this attempt: same fence, `sending` or `unknown`. */
function isOwnAttempt(answer: Answer): answer is OwnAnswer {
  const { row, begun } = answer;
  if (row === undefined || row.fence !== begun.delivery.fence) return false;
  return row.state === 'sending' || row.state === 'unknown';
}

interface Move {
  readonly to: DeliveryState;
  readonly code: string;
  readonly reason: string;
  readonly patch?: { sent_at?: number; due_at?: number; copy_due_at?: number };
}

function toMove(ctx: Context, delivery: Delivery, answer: RecipientOutcome, random: number): Move {
  const { outcome, code, reason } = answer;
  switch (outcome) {
    case 'sent':
      return { to: 'sent', code, reason, patch: { sent_at: ctx.now(), ...toCopy(ctx, delivery) } };
    case 'permanent':
      return { to: 'failed', code, reason };
    case 'unknown':
      return { to: 'unknown', code, reason };
    case 'transient':
      return toRetry(ctx, delivery, answer, random);
  }
}

/** What a late answer makes of what was taken for unknown: it arrived, or certainly not. */
function toLate(move: Move): Move | undefined {
  if (move.to === 'unknown') return undefined;
  if (move.to === 'sent' || move.to === 'failed') return move;
  // Perhaps a person has acted on it since, so that nothing goes out by itself any more.
  const reason = `${move.reason} That was known too late to try it again.`;
  return { to: 'failed', code: move.code, reason };
}

/** Without content and recipient there is nothing to try again. */
function toErased(ctx: Context, { outcome, code }: RecipientOutcome): Move {
  if (outcome === 'sent')
    return { to: 'sent', code, reason: ERASED, patch: { sent_at: ctx.now() } };
  if (outcome === 'unknown') return { to: 'unknown', code, reason: ERASED };
  return { to: 'failed', code: 'ERASED', reason: ERASED };
}

function toRetry(ctx: Context, delivery: Delivery, answer: RecipientOutcome, random: number): Move {
  const { code, reason } = answer;
  const { retryDelay: delay, retryFor } = ctx.settings.dispatch;
  const now = ctx.now();
  const left = (delivery.first_attempt_at ?? now) + retryFor - now;
  const wait = retryWait(answer, { attempts: delivery.attempts, delay, left, random });
  if (wait !== undefined) return { to: 'deferred', code, reason, patch: { due_at: now + wait } };
  return { to: 'expired', code: 'RETRY_EXPIRED', reason: `Retried until now: ${reason}` };
}
