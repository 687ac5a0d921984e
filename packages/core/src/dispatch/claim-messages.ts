import { sql } from 'kysely';
import { recordToldDeadlines } from '../content/told-deadlines.ts';
import type { Context, Mailbox } from '../context.ts';
import { transitionAll } from '../deliveries/transition.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toDecisionData } from '../events/to-decision-data.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import { readMessages } from '../messages/read-messages.ts';
import { toOutboundContent } from '../messages/to-outbound-content.ts';
import { groupAlike } from '../policy/alike.ts';
import type { SendFacts } from '../policy/facts.ts';
import { deliveryBasis } from '../policy/jurisdictions/delivery-basis.ts';
import { loadWireLimit } from '../policy/load-wire-limit.ts';
import { reserveWire } from '../policy/reserve.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { learnRoutes } from '../throttle/learn-routes.ts';
import { passThrottle } from '../throttle/pass-throttle.ts';
import { cancelArrived } from './cancel-arrived.ts';
import { cancelErased } from './cancel-erased.ts';
import { decideAlike, type OutboundDecision } from './decide-outbound.ts';
import { lockDecision } from './lock-decision.ts';
import type { Envelope } from './lock-envelopes.ts';
import { parkDelivery } from './park-delivery.ts';
import { releasePlaces } from './release-places.ts';
import { setAside } from './set-aside.ts';
import { promoteDeferred, takeDue } from './take-due.ts';
import { type BatchResult, workBatch } from './work-batch.ts';

/** One message and those of its deliveries that this worker now holds under a lease. */
export interface ClaimedMessage {
  readonly message: Message;
  readonly mailbox: Mailbox;
  readonly deliveries: readonly Delivery[];
}

/** What one look at the queue brought. */
export interface ClaimResult extends BatchResult<ClaimedMessage> {
  /** Deliveries that wait for their turn under a throttle. */
  readonly throttled: number;
}

/**
 * Takes due deliveries and decides on them again, in one transaction: row locks on the deliveries,
 * then on the recipients, then on the mailboxes, then on what is throttled; facts are loaded after the locks are held, so an
 * unsubscribe that committed before wins and one that comes later waits (P1). What the decision
 * allows is reserved here (P7) and leased to `worker`.
 */
export async function claimMessages(
  ctx: Context,
  worker: string,
  limit: number,
): Promise<ClaimResult> {
  const actor = `worker:${worker}`;
  const unknown = new Set<string>();
  let throttled = 0;
  await promoteDeferred(ctx, limit);
  const result = await workBatch(
    ctx,
    {
      take: (tx, count) => takeDue(tx, ctx, count),
      async decide(tx, envelopes) {
        await lockDecision(tx, ctx, envelopes.flat());
        const open = await cancelArrived(tx, ctx, envelopes, actor);
        const passed = await passThrottle(tx, ctx, actor, open);
        const claimed = await claimEnvelopes(tx, ctx, worker, passed.now);
        await passed.settle(claimed.flatMap(({ deliveries }) => deliveries));
        for (const domain of passed.unknown) unknown.add(domain);
        throttled += passed.throttled;
        return claimed;
      },
      setAside: (tx, envelope, error) => setAside(tx, ctx, { envelope, error, actor }),
    },
    limit,
  );
  // What goes there was left in the queue; with the answer it is taken next.
  await learnRoutes(ctx, [...unknown]);
  return { ...result, throttled };
}

/** One envelope with its message, before it is decided on. */
interface Candidate {
  readonly message: Message;
  readonly mailbox: Mailbox;
  readonly content: OutboundContent;
  readonly deliveries: Envelope;
}

async function claimEnvelopes(
  tx: Tx,
  ctx: Context,
  worker: string,
  envelopes: readonly Envelope[],
): Promise<readonly ClaimedMessage[]> {
  const candidates = await readCandidates(tx, ctx, worker, envelopes);
  const claimed: ClaimedMessage[] = [];
  const toMail = (candidate: Candidate) => candidate;
  for (const alike of groupAlike(ctx, { items: candidates, phase: 'claim', toMail })) {
    claimed.push(...(await claimAlike(tx, ctx, worker, alike)));
  }
  return claimed;
}

async function readCandidates(
  tx: Tx,
  ctx: Context,
  worker: string,
  envelopes: readonly Envelope[],
): Promise<readonly Candidate[]> {
  const ids = envelopes.map(([{ message_id }]) => message_id);
  const messages = new Map((await readMessages(tx, ctx, ids)).map((row) => [row.id, row]));
  const candidates: Candidate[] = [];
  for (const deliveries of envelopes) {
    const [first] = deliveries;
    const message = messages.get(first.message_id);
    const mailbox = ctx.mailboxes.get(first.mailbox);
    if (message === undefined || mailbox === undefined) throw new MailwardenError('INTERNAL');
    if (message.erased_at !== null) await cancelErased(tx, ctx, deliveries, `worker:${worker}`);
    else candidates.push({ message, mailbox, content: toOutboundContent(message), deliveries });
  }
  return candidates;
}

async function claimAlike(
  tx: Tx,
  ctx: Context,
  worker: string,
  alike: readonly [Candidate, ...Candidate[]],
): Promise<readonly ClaimedMessage[]> {
  const [{ mailbox }] = alike;
  const questions = [];
  for (const { message, deliveries } of alike) {
    const budgets = await loadWireLimit(tx, ctx, mailbox, deliveries);
    questions.push({ message, mailbox, phase: 'claim', deliveries, budgets } as const);
  }
  const [question, ...others] = questions;
  if (question === undefined) return [];
  const decisions = await decideAlike(tx, ctx, [question, ...others]);
  const allowed: Allowed[] = [];
  for (const [at, candidate] of alike.entries()) {
    const decided = decisions[at];
    if (decided?.decision.effect === 'allow') allowed.push({ ...candidate, ...decided });
    else if (decided !== undefined) await refuse(tx, ctx, worker, { ...candidate, ...decided });
  }
  const claimed = await lease(tx, ctx, worker, allowed);
  for (const { facts } of claimed) await recordToldDeadlines(tx, ctx, facts);
  await reserveWire(tx, ctx, mailbox, claimed);
  return claimed.map(({ message, deliveries }) => ({ message, mailbox, deliveries }));
}

type Allowed = Candidate & OutboundDecision;

async function refuse(tx: Tx, ctx: Context, worker: string, refused: Allowed): Promise<void> {
  const { message, decision, facts, deliveries } = refused;
  const actor = `worker:${worker}`;
  for (const from of deliveries) {
    await parkDelivery(tx, ctx, { message, from, decision, facts, actor });
  }
  await releasePlaces(tx, ctx, deliveries);
}

async function lease(
  tx: Tx,
  ctx: Context,
  worker: string,
  allowed: readonly Allowed[],
): Promise<
  readonly (Omit<Allowed, 'deliveries'> & { readonly deliveries: readonly Delivery[] })[]
> {
  const at = ctx.now();
  const lease_until = sql<number>`${ctx.storage.clock} + ${ctx.settings.dispatch.lease}`;
  const moves = allowed.flatMap(({ deliveries, decision, facts }) =>
    deliveries.map((from) => ({
      ...{ from, to: 'claimed' as const, actor: `worker:${worker}`, at },
      ...{ code: decision.code, reason: decision.message },
      data: { ...toDecisionData(decision), ...assertedOf(facts, from) },
      patch: {
        fence: from.fence + 1,
        lease_owner: worker,
        ...basisOf(ctx, facts, from),
        lease_until,
      },
    })),
  );
  const rows = new Map((await transitionAll(tx, moves)).map((row) => [row?.id, row]));
  return allowed.map((each) => ({
    ...each,
    deliveries: each.deliveries.flatMap(({ id }) => rows.get(id) ?? []),
  }));
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
