import type { UpdateObject } from 'kysely';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents, type NewEvent } from '../events/append-event.ts';
import type { Database, Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { unindexed } from '../storage/unindexed.ts';
import { type DeliveryState, TRANSITIONS } from './delivery-state.ts';

/** One move of one delivery. */
export interface Transition {
  /** The row as it was read: its state and fence are what is compared. */
  readonly from: Delivery;
  readonly to: DeliveryState;
  readonly code: string;
  readonly reason: string;
  readonly actor: string;
  readonly at: number;
  readonly patch?: Omit<
    UpdateObject<Database, 'delivery'>,
    'state' | 'tenant' | 'id' | 'message_id'
  >;
  /** Ids, codes and counts for the event. */
  readonly data?: Readonly<Record<string, string | number | boolean>>;
  /** What is personal, for the audit. */
  readonly details?: Readonly<Record<string, string>>;
}

/**
 * Compare-and-set on state and fence, with the event in the same transaction. Returns the new row,
 * or `undefined` when somebody else moved it first. Throws `INTERNAL` for a move that does not exist.
 */
export async function transition(tx: Tx, move: Transition): Promise<Delivery | undefined> {
  const [row] = await transitionAll(tx, [move]);
  return row;
}

/** The same for many at once, each of another delivery: moves that set the same share a statement. */
export async function transitionAll(
  tx: Tx,
  moves: readonly Transition[],
): Promise<readonly (Delivery | undefined)[]> {
  const rows = new Map<string, Delivery>();
  for (const alike of groupBySet(moves)) {
    for (const row of await update(tx, alike)) rows.set(row.id, row);
  }
  const moved = moves.filter(({ from }) => rows.has(from.id));
  const tenant = moved[0]?.from.tenant;
  if (tenant !== undefined) await appendEvents(tx, tenant, moved.map(toEvent));
  return moves.map(({ from }) => rows.get(from.id));
}

function groupBySet(
  moves: readonly Transition[],
): readonly (readonly [Transition, ...Transition[]])[] {
  const groups = new Map<string, [Transition, ...Transition[]]>();
  // An expression has no value that could be compared; the same object is the same expression.
  const expressions = new Map<unknown, number>();
  const toKey = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    expressions.set(value, expressions.get(value) ?? expressions.size);
    return { expression: expressions.get(value) };
  };
  for (const move of moves) {
    const { from, to, code, reason, at, patch = {} } = move;
    const sets = Object.entries(patch).map(([column, value]) => [column, toKey(value)]);
    const key = JSON.stringify([from.tenant, from.state, from.fence, to, code, reason, at, sets]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [move]);
    else group.push(move);
  }
  return [...groups.values()];
}

function update(tx: Tx, alike: readonly [Transition, ...Transition[]]): Promise<Delivery[]> {
  const [{ from, to, code, reason, at, patch }] = alike;
  if (!TRANSITIONS[from.state].includes(to)) {
    throw new MailwardenError('INTERNAL', { detail: `There is no move ${from.state} → ${to}.` });
  }
  const ids = alike.map((move) => move.from.id);
  return tx
    .updateTable('delivery')
    .set({ ...patch, state: to, reason_code: code, reason, updated_at: at })
    .where('tenant', '=', from.tenant)
    .where('id', 'in', ids)
    .where(unindexed('state'), '=', from.state)
    .where('fence', '=', from.fence)
    .returningAll()
    .execute();
}

function toEvent({ from, to, code, actor, at, data, details }: Transition): NewEvent {
  return {
    at,
    type: `delivery.${to}`,
    actor,
    mailbox: from.mailbox,
    messageId: from.message_id,
    deliveryId: from.id,
    data: { from: from.state, code, ...data },
    details,
    person: from.recipient_canonical,
  };
}
