import { sql } from 'kysely';
import type { Context, Mailbox } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import type { SendFacts } from '../policy/facts.ts';
import type { Decision } from '../policy/finding.ts';
import { deliveryBasis } from '../policy/jurisdictions/delivery-basis.ts';
import { loadWireLimit } from '../policy/load-budgets.ts';
import { releaseWire, reserve } from '../policy/reserve.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { decideOutbound } from './decide-outbound.ts';
import { lockMailboxes } from './lock-mailboxes.ts';
import { parkDelivery } from './park-delivery.ts';

/** One message and those of its deliveries that this worker now holds under a lease. */
export interface ClaimedMessage {
  readonly message: Message;
  readonly mailbox: Mailbox;
  readonly deliveries: readonly Delivery[];
}

export interface ClaimResult {
  readonly claimed: readonly ClaimedMessage[];
  /** Deliveries looked at, whatever was decided; 0 when nothing is due. */
  readonly looked: number;
}

/**
 * Takes due deliveries and decides on them again, in one transaction: row locks on the deliveries,
 * then on the recipients, then on the mailboxes; facts are loaded after the locks are held, so an
 * unsubscribe that committed before wins and one that comes later waits (P1). What the decision
 * allows is reserved here (P7) and leased to `worker`.
 */
export function claimMessages(ctx: Context, worker: string, limit: number): Promise<ClaimResult> {
  return ctx.storage.unit(async (tx) => {
    await promoteDeferred(tx, ctx, limit);
    const due = await takeDue(tx, ctx, limit);
    if (due.length === 0) return { claimed: [], looked: 0 };
    const identities = due.map((delivery) => ctx.keys.identify(delivery.recipient as Address));
    await lockRecipients(tx, ctx, identities);
    await lockMailboxes(
      tx,
      ctx,
      due.map((delivery) => delivery.mailbox),
    );
    const claimed: ClaimedMessage[] = [];
    for (const deliveries of groupByMessage(due)) {
      const message = await claimMessage(tx, ctx, worker, deliveries);
      if (message !== undefined) claimed.push(message);
    }
    return { claimed, looked: due.length };
  });
}

/** Mailboxes that can send from this process. */
function sendingMailboxes(ctx: Context): readonly string[] {
  return [...ctx.mailboxes.values()]
    .filter((mailbox) => mailbox.transport !== undefined)
    .map((mailbox) => mailbox.address);
}

async function promoteDeferred(tx: Tx, ctx: Context, limit: number): Promise<void> {
  const now = ctx.now();
  const due = await selectDue(tx, ctx, 'deferred', limit);
  if (due.length === 0) return;
  const rows = await tx
    .updateTable('delivery')
    .set({ state: 'queued', updated_at: now })
    .where('tenant', '=', ctx.tenant)
    .where('state', '=', 'deferred')
    .where(
      'id',
      'in',
      due.map((delivery) => delivery.id),
    )
    .returning(['id', 'message_id', 'mailbox', 'reason_code'])
    .execute();
  await appendEvents(
    tx,
    ctx.tenant,
    rows.map((row) => ({
      at: now,
      type: 'delivery.queued',
      actor: 'system',
      mailbox: row.mailbox,
      messageId: row.message_id,
      deliveryId: row.id,
      data: { from: 'deferred', code: row.reason_code },
    })),
  );
}

function takeDue(tx: Tx, ctx: Context, limit: number): Promise<Delivery[]> {
  return selectDue(tx, ctx, 'queued', limit);
}

function selectDue(
  tx: Tx,
  ctx: Context,
  state: 'queued' | 'deferred',
  limit: number,
): Promise<Delivery[]> {
  const mailboxes = sendingMailboxes(ctx);
  if (mailboxes.length === 0) return Promise.resolve([]);
  const query = tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('state', '=', state)
    .where('due_at', '<=', ctx.now())
    .where('policy_epoch', '<=', ctx.policy.epoch)
    .where('mailbox', 'in', mailboxes)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit);
  if (!ctx.storage.capabilities.supportsRowLocks) return query.execute();
  return query.forUpdate().skipLocked().execute();
}

function groupByMessage(due: readonly Delivery[]): readonly Delivery[][] {
  const groups = new Map<string, Delivery[]>();
  for (const delivery of due) {
    groups.set(delivery.message_id, [...(groups.get(delivery.message_id) ?? []), delivery]);
  }
  return [...groups.values()];
}

async function claimMessage(
  tx: Tx,
  ctx: Context,
  worker: string,
  deliveries: readonly Delivery[],
): Promise<ClaimedMessage | undefined> {
  const [first] = deliveries;
  const mailbox = first === undefined ? undefined : ctx.mailboxes.get(first.mailbox);
  if (first === undefined || mailbox === undefined) return undefined;
  const message = await tx
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', first.message_id)
    .executeTakeFirstOrThrow();
  // A claim that was given back, or whose worker died, must not wait for its own place.
  if (mailbox.dailyLimit !== undefined) await releaseWire(tx, ctx, mailbox.address, deliveries);
  const { decision, facts } = await decideOutbound(tx, ctx, {
    message,
    mailbox,
    phase: 'claim',
    recipients: deliveries.map((delivery) => delivery.recipient as Address),
    budgets: await loadWireLimit(tx, ctx, mailbox, deliveries.length),
  });
  if (decision.effect !== 'allow') {
    for (const from of deliveries) await parkDelivery(tx, ctx, { message, from, decision, worker });
    return undefined;
  }
  const claimed = await lease(tx, ctx, { worker, deliveries, decision, facts });
  if (mailbox.dailyLimit !== undefined) {
    const subject = { kind: 'wire:mailbox', subject: mailbox.address } as const;
    await reserve(tx, ctx, subject, claimed);
  }
  return { message, mailbox, deliveries: claimed };
}

async function lease(
  tx: Tx,
  ctx: Context,
  claim: {
    readonly worker: string;
    readonly deliveries: readonly Delivery[];
    readonly decision: Decision;
    readonly facts: SendFacts;
  },
): Promise<readonly Delivery[]> {
  const rows: Delivery[] = [];
  for (const from of claim.deliveries) {
    const row = await transition(tx, {
      from,
      to: 'claimed',
      code: claim.decision.code,
      reason: claim.decision.message,
      actor: `worker:${claim.worker}`,
      at: ctx.now(),
      patch: {
        fence: from.fence + 1,
        lease_owner: claim.worker,
        ...basisOf(ctx, claim.facts, from),
        lease_until: sql<number>`${ctx.storage.clock} + ${ctx.settings.dispatch.lease}`,
      },
    });
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

/** On what this delivery goes out; facts are those that the decision was made from. */
function basisOf(ctx: Context, facts: SendFacts, { recipient }: Delivery) {
  const known = facts.recipients.find(({ address }) => address === recipient);
  if (known === undefined) return {};
  return deliveryBasis(ctx.policy.jurisdictions, facts, known) ?? {};
}
