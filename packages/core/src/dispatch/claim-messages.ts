import { sql } from 'kysely';
import { recordToldDeadlines } from '../content/told-deadlines.ts';
import type { Context, Mailbox } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toDecisionData } from '../events/to-decision-data.ts';
import type { Address } from '../identity/address.ts';
import type { SendFacts } from '../policy/facts.ts';
import type { Decision } from '../policy/finding.ts';
import { deliveryBasis } from '../policy/jurisdictions/delivery-basis.ts';
import { loadWireLimit } from '../policy/load-budgets.ts';
import { reserveWire } from '../policy/reserve.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { decideOutbound } from './decide-outbound.ts';
import { lockMailboxes } from './lock-mailboxes.ts';
import { parkDelivery } from './park-delivery.ts';
import { releasePlaces } from './release-places.ts';
import { takeDue } from './take-due.ts';

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
    const groups = await takeDue(tx, ctx, limit);
    const due = groups.flat();
    if (due.length === 0) return { claimed: [], looked: 0 };
    const identities = due.map((delivery) => ctx.keys.identify(delivery.recipient as Address));
    await lockRecipients(tx, ctx, identities);
    await lockMailboxes(
      tx,
      ctx,
      due.map((delivery) => delivery.mailbox),
    );
    const claimed: ClaimedMessage[] = [];
    for (const deliveries of groups) {
      try {
        const message = await claimMessage(tx, ctx, worker, deliveries);
        if (message !== undefined) claimed.push(message);
      } catch (error) {
        await setAside(tx, ctx, { worker, deliveries, error });
      }
    }
    return { claimed, looked: due.length };
  });
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
  if (message.erased_at !== null) {
    await cancelErased(tx, ctx, worker, deliveries);
    return undefined;
  }
  const { decision, facts } = await decideOutbound(tx, ctx, {
    message,
    mailbox,
    phase: 'claim',
    deliveries,
    budgets: await loadWireLimit(tx, ctx, mailbox, deliveries),
  });
  if (decision.effect !== 'allow') {
    const actor = `worker:${worker}`;
    for (const from of deliveries) {
      await parkDelivery(tx, ctx, { message, from, decision, facts, actor });
    }
    await releasePlaces(tx, ctx, deliveries);
    return undefined;
  }
  const claimed = await lease(tx, ctx, { worker, deliveries, decision, facts });
  await recordToldDeadlines(tx, ctx, facts);
  await reserveWire(tx, ctx, { mailbox, facts }, claimed);
  return { message, mailbox, deliveries: claimed };
}

/** There is nothing left to send. */
async function cancelErased(
  tx: Tx,
  ctx: Context,
  worker: string,
  deliveries: readonly Delivery[],
): Promise<void> {
  const what = { to: 'cancelled', code: 'ERASED', reason: 'Its content was erased.' } as const;
  for (const from of deliveries) {
    await transition(tx, { ...what, from, actor: `worker:${worker}`, at: ctx.now() });
  }
}

/**
 * A stored message that cannot be read is held by itself, or the queue behind it would wait for
 * ever. A fault of the database is thrown on: nothing was decided then (P2).
 */
async function setAside(
  tx: Tx,
  ctx: Context,
  claim: { worker: string; deliveries: readonly Delivery[]; error: unknown },
): Promise<void> {
  const { worker, deliveries, error } = claim;
  const unreadable =
    error instanceof MailwardenError ? error.info.httpStatus < 500 : error instanceof SyntaxError;
  if (!unreadable) throw error;
  ctx.report(error);
  for (const from of deliveries) {
    await transition(tx, {
      from,
      to: 'held',
      code: 'MESSAGE_UNREADABLE',
      reason: 'The stored message is damaged, so nothing is sent; an operator has to look.',
      actor: `worker:${worker}`,
      at: ctx.now(),
      patch: { review_group: null },
    });
  }
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
      data: { ...toDecisionData(claim.decision), ...assertedOf(claim.facts, from) },
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

/** The country that nobody but the operator vouches for: the audit keeps it with what went out. */
function assertedOf({ content, recipients }: SendFacts, { recipient }: Delivery) {
  const { audience } = recipients.find(({ address }) => address === recipient) ?? {};
  if (content.category !== 'marketing' || audience?.countryFrom !== 'operator') return {};
  return { assertedCountry: audience.country ?? '' };
}

/** On what this delivery goes out; facts are those that the decision was made from. */
function basisOf(ctx: Context, facts: SendFacts, { recipient }: Delivery) {
  const known = facts.recipients.find(({ address }) => address === recipient);
  if (known === undefined) return {};
  return deliveryBasis(ctx.policy.jurisdictions, facts, known) ?? {};
}
