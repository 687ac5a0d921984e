import { uuidv7 } from 'uuidv7';
import type { Context, Mailbox } from '../context.ts';
import type { Address } from '../identity/address.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { type BudgetHolder, budgetsOf } from './agent-budgets.ts';
import { isUnobserved } from './bounces/is-unobserved.ts';
import { UNOBSERVED_KIND } from './bounces/load-unobserved.ts';
import { conversationPlaces } from './conversation/conversation-places.ts';
import type { SendFacts } from './facts.ts';

/** What is reserved at claim and given back when the server got nothing of the message. */
export const WIRE_KINDS = [
  ...(['wire:mailbox', 'wire:recipient', 'wire:body', 'wire:new'] as const),
  UNOBSERVED_KIND,
] as const;

/** A message that is about to be stored, with whom it is from and what it was decided on. */
export interface RequestedPlaces extends BudgetHolder {
  readonly facts: SendFacts;
  readonly deliveries: readonly {
    readonly id: string;
    readonly recipient: string;
    readonly first_contact: number;
  }[];
}

/**
 * Takes what messages need of their agents' budgets, and keeps what an answer will say, and to whom,
 * while it waits; the claim takes that place itself. The caller holds the locks of the limits (P7).
 */
export async function reserveRequested(
  tx: Tx,
  ctx: Context,
  requests: readonly RequestedPlaces[],
): Promise<void> {
  const talks = requests.flatMap((request) => talkPlaces(ctx, request));
  await insert(tx, ctx, [...budgetPlaces(requests), ...talks]);
}

/** One row for each budget, however many messages take of it. */
function budgetPlaces(requests: readonly RequestedPlaces[]): readonly Row[] {
  const all = requests.flatMap(({ deliveries, ...holder }) => {
    const first = deliveries.filter((row) => row.first_contact === 1);
    const wanting = { all: deliveries, first };
    return budgetsOf(holder).flatMap(({ kind, subject, wants }) =>
      wanting[wants].map(({ id }) => ({ kind, subject, delivery_id: id })),
    );
  });
  const budgets = Map.groupBy(all, ({ kind, subject }) => JSON.stringify([kind, subject]));
  return [...budgets.values()].flatMap((rows) => {
    const [row, ...others] = rows;
    if (row === undefined || others.length === 0) return rows;
    return [{ ...row, delivery_id: '', places: rows.length }];
  });
}

function talkPlaces(ctx: Context, { mailbox, facts, deliveries }: RequestedPlaces): readonly Row[] {
  const places = conversationPlaces(ctx, mailbox, facts, deliveries);
  return places.map(({ what, ...place }) => ({ kind: `talk:${what}`, ...place }));
}

/**
 * Takes what deliveries from one mailbox need of every limit on the wire: its daily limit, the ledger
 * of what each recipient gets, and whom the mailbox talks to. The caller holds the locks of the
 * recipients and the mailbox (P7). A place that an earlier attempt of the same delivery used moves to
 * this one.
 */
export async function reserveWire(
  tx: Tx,
  ctx: Context,
  mailbox: Mailbox,
  claims: readonly { readonly facts: SendFacts; readonly deliveries: readonly Delivery[] }[],
): Promise<void> {
  const deliveries = claims.flatMap((claim) => claim.deliveries);
  const tried = deliveries.filter(({ attempts }) => attempts > 0).map(({ id }) => id);
  if (tried.length > 0) {
    await tx
      .deleteFrom('reservation')
      .where('tenant', '=', ctx.tenant)
      .where('delivery_id', 'in', tried)
      .where('kind', 'in', WIRE_KINDS)
      .execute();
  }
  const limited = mailbox.dailyLimit === undefined ? [] : deliveries;
  const unobserved = isUnobserved(mailbox)
    ? deliveries.filter(({ category }) => category === 'marketing')
    : [];
  const counted = deliveries.filter((delivery) => isCounted(ctx, delivery));
  const talks = claims.flatMap((claim) =>
    conversationPlaces(ctx, mailbox, claim.facts, claim.deliveries),
  );
  await insert(tx, ctx, [
    ...limited.map(({ id }) => ({
      ...{ kind: 'wire:mailbox', subject: mailbox.address, delivery_id: id },
    })),
    ...unobserved.map(({ id }) => ({
      ...{ kind: UNOBSERVED_KIND, subject: mailbox.address, delivery_id: id },
    })),
    ...counted.map(({ id, recipient, sender_id, category, topic, campaign }) => ({
      ...{ kind: 'wire:recipient', delivery_id: id, sender_id, category, topic, campaign },
      subject: ctx.keys.identify(recipient as Address).canonical,
    })),
    ...talks.map(({ what, ...place }) => ({ kind: `wire:${what}`, ...place })),
  ]);
}

/** The places of these deliveries are used at this instant, the one at which the wire is taken. */
export async function moveReservations(
  tx: Tx,
  ctx: Context,
  deliveries: readonly { readonly id: string }[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await tx
    .updateTable('reservation')
    .set({ at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where(
      'delivery_id',
      'in',
      deliveries.map(({ id }) => id),
    )
    .where('kind', 'in', WIRE_KINDS)
    .execute();
}

/** Marketing always, so that a cap which comes later knows the past; other mail when it is capped. */
function isCounted({ settings }: Context, { category }: Delivery): boolean {
  if (category === 'marketing') return true;
  return settings.frequency.caps.some((cap) => cap.category === category);
}

interface Row {
  readonly kind: string;
  readonly subject: string;
  readonly delivery_id: string;
  readonly places?: number;
  readonly sender_id?: string;
  readonly category?: string;
  readonly topic?: string | null;
  readonly campaign?: string | null;
}

async function insert(tx: Tx, ctx: Context, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const stamp = { tenant: ctx.tenant, at: ctx.now() };
  const nothing = { places: 1, sender_id: null, category: null, topic: null, campaign: null };
  await tx
    .insertInto('reservation')
    .values(rows.map((row) => ({ ...stamp, id: uuidv7(), ...nothing, ...row })))
    .execute();
}
