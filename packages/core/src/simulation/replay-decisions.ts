import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import type { ResolvedPolicy } from '../options/resolve-policy.ts';
import { answerOf, type Discharge, decide } from '../policy/decide.ts';
import type { Decision } from '../policy/finding.ts';
import { type MissingFacts, replayFacts, type StoredCase } from '../policy/replay/replay-facts.ts';
import type { StoredFacts } from '../policy/replay/stored-facts.ts';
import type { Message } from '../storage/tables/message.ts';
import { type SimulationRange, scanDecisions } from './scan-decisions.ts';
import type { SimulationTally } from './simulation-tally.ts';

/** The policy that decided and the one that is tried. */
export interface Policies {
  readonly running: ResolvedPolicy;
  readonly changed: ResolvedPolicy;
}

/** Asks every stored decision of the range again. */
export async function replayDecisions(
  ctx: Context,
  policies: Policies,
  { range, tally }: { readonly range: SimulationRange; readonly tally: SimulationTally },
): Promise<void> {
  for await (const page of scanDecisions(ctx, range)) {
    const parents = await findParents(ctx, page);
    for (const message of page) replayDecision(message, parents, { policies, tally });
  }
}

function replayDecision(
  message: Message,
  parents: ReadonlyMap<string, Address>,
  { policies, tally }: { readonly policies: Policies; readonly tally: SimulationTally },
): void {
  const stored = parse<Decision>(message.decision);
  const facts = parse<StoredFacts>(message.decision_facts);
  if (stored === undefined || facts === undefined) {
    tally.miss('facts');
    return;
  }
  const parentFrom = parents.get(message.parent_id ?? '');
  const replayed = attempt(stored, { message, facts, parentFrom }, policies);
  if (typeof replayed === 'string') {
    tally.miss(replayed);
    return;
  }
  const { was, is, other, isSame } = replayed;
  tally.compare(was, other, { id: message.id, recipients: facts.recipients.length });
  if (stored.policyVersion !== policies.running.policy.version) {
    if (was.effect !== is.effect || was.code !== is.code) tally.count('outdated');
  } else if (!isSame) {
    tally.count('unfaithful');
  }
}

/** The answers of then, of the running policy and of the changed one. */
interface Replayed {
  readonly was: ReturnType<typeof answerOf>;
  readonly is: ReturnType<typeof answerOf>;
  readonly other: ReturnType<typeof answerOf>;
  /** The running policy says the stored decision again, to the letter. */
  readonly isSame: boolean;
}

/** What cannot be read is missing: a simulation of a million messages does not end at one. */
function attempt(
  stored: Decision,
  known: StoredCase,
  { running, changed }: Policies,
): Replayed | MissingFacts {
  try {
    const again = replayFacts(known, running, running);
    if (typeof again === 'string') return again;
    const other = replayFacts(known, running, changed);
    if (typeof other === 'string') return other;
    return {
      was: answerOf(stored),
      is: answerOf(decide(running.policy, again)),
      other: answerOf(decide(changed.policy, other)),
      isSame: isSameDecision(stored, decide(running.policy, again, dischargesOf(stored))),
    };
  } catch {
    return 'content';
  }
}

/** An approval puts its own words in place of the policy's. */
function isSameDecision(stored: Decision, again: Decision): boolean {
  const told =
    stored.code === 'APPROVED' ? { code: stored.code, message: stored.message } : undefined;
  return JSON.stringify(stored) === JSON.stringify({ ...again, ...told });
}

function dischargesOf({ findings }: Decision): readonly Discharge[] {
  return findings
    .filter(({ discharged }) => discharged)
    .map(({ rule, code, evidenceHash }) => ({ rule, code, evidenceHash }));
}

async function findParents(
  ctx: Context,
  page: readonly Message[],
): Promise<ReadonlyMap<string, Address>> {
  const ids = page.flatMap(({ parent_id }) => parent_id ?? []);
  if (ids.length === 0) return new Map();
  const rows = await ctx.storage.db
    .selectFrom('message')
    .select(['id', 'from_address'])
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row.from_address as Address]));
}

function parse<T>(text: string | null): T | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}
