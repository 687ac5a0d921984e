import { sql } from 'kysely';
import { recordToldDeadlines } from '../content/told-deadlines.ts';
import type { Context, Mailbox } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import { toDecisionData } from '../events/to-decision-data.ts';
import type { SendFacts } from '../policy/facts.ts';
import type { Decision } from '../policy/finding.ts';
import { deliveryBasis } from '../policy/jurisdictions/delivery-basis.ts';
import { loadWireLimit } from '../policy/load-budgets.ts';
import { reserveWire } from '../policy/reserve.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { cancelErased } from './cancel-erased.ts';
import { decideOutbound } from './decide-outbound.ts';
import { lockDecision } from './lock-decision.ts';
import type { Envelope } from './lock-envelopes.ts';
import { parkDelivery } from './park-delivery.ts';
import { releasePlaces } from './release-places.ts';
import { setAside } from './set-aside.ts';
import { takeDue } from './take-due.ts';
import { type BatchResult, workBatch } from './work-batch.ts';

/** One message and those of its deliveries that this worker now holds under a lease. */
export interface ClaimedMessage {
  readonly message: Message;
  readonly mailbox: Mailbox;
  readonly deliveries: readonly Delivery[];
}

/**
 * Takes due deliveries and decides on them again, in one transaction: row locks on the deliveries,
 * then on the recipients, then on the mailboxes; facts are loaded after the locks are held, so an
 * unsubscribe that committed before wins and one that comes later waits (P1). What the decision
 * allows is reserved here (P7) and leased to `worker`.
 */
export function claimMessages(
  ctx: Context,
  worker: string,
  limit: number,
): Promise<BatchResult<ClaimedMessage>> {
  const actor = `worker:${worker}`;
  return workBatch(
    ctx,
    {
      take: (tx, count) => takeDue(tx, ctx, count),
      decide: (tx, envelopes) => claimEnvelopes(tx, ctx, worker, envelopes),
      setAside: (tx, envelope, error) => setAside(tx, ctx, { envelope, error, actor }),
    },
    limit,
  );
}

async function claimEnvelopes(
  tx: Tx,
  ctx: Context,
  worker: string,
  envelopes: readonly Envelope[],
): Promise<readonly ClaimedMessage[]> {
  await lockDecision(tx, ctx, envelopes.flat());
  const claimed: ClaimedMessage[] = [];
  for (const envelope of envelopes) {
    const message = await claimMessage(tx, ctx, worker, envelope);
    if (message !== undefined) claimed.push(message);
  }
  return claimed;
}

async function claimMessage(
  tx: Tx,
  ctx: Context,
  worker: string,
  deliveries: Envelope,
): Promise<ClaimedMessage | undefined> {
  const [first] = deliveries;
  const mailbox = ctx.mailboxes.get(first.mailbox);
  if (mailbox === undefined) return undefined;
  const actor = `worker:${worker}`;
  const message = await tx
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', first.message_id)
    .executeTakeFirstOrThrow();
  if (message.erased_at !== null) {
    await cancelErased(tx, ctx, deliveries, actor);
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
