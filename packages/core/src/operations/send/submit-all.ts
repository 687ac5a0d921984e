import type { Context } from '../../context.ts';
import { recipientsOf } from '../../messages/recipients-of.ts';
import { type AgentBudgets, openAgentBudgets } from '../../policy/agent-budgets.ts';
import { groupAlike } from '../../policy/alike.ts';
import { lockBudgets } from '../../policy/lock-budgets.ts';
import { findErased, keepErased } from '../../rights/keep-erased.ts';
import type { Tx } from '../../storage/database.ts';
import { lockRecipients } from '../../suppression/lock-recipients.ts';
import type { SendResult } from '../outcome.ts';
import { decideSubmissions } from './decide-submissions.ts';
import type { DecidedSubmission } from './decided-submission.ts';
import { findDuplicateContent } from './find-duplicate-content.ts';
import { findIdempotent } from './find-idempotent.ts';
import { recordMessages } from './record-messages.ts';
import type { Submission } from './submit-message.ts';
import { lockRevised, type Revised, takeRevised } from './take-revised.ts';

/**
 * The inside of one transaction, for any number of submissions: locks, idempotency, same content,
 * revision, facts, decision, rows, budgets, events. Each is decided on by itself, in order; those in
 * which no decision changes what the next one sees share their look-ups and inserts.
 */
export async function submitAll(
  tx: Tx,
  ctx: Context,
  submissions: readonly Submission[],
): Promise<readonly SendResult[]> {
  const holders = submissions.map(({ principal, draft: { mailbox } }) => ({ principal, mailbox }));
  for (const { draft } of submissions) await lockRevised(tx, ctx, draft);
  await lockRecipients(
    tx,
    ctx,
    submissions.flatMap(({ content }) =>
      recipientsOf(content).map((address) => ctx.keys.identify(address)),
    ),
  );
  await lockBudgets(tx, ctx, holders);
  const budgets = await openAgentBudgets(tx, ctx, holders);
  const results = new Map<Submission, SendResult>();
  const toMail = ({ draft: { mailbox }, content }: Submission) => ({ mailbox, content });
  for (const alike of groupAlike(ctx, { items: submissions, phase: 'request', toMail })) {
    for (const [each, result] of await submitAlike(tx, ctx, budgets, alike)) {
      results.set(each, result);
    }
  }
  return submissions.map((submission) => results.get(submission) as SendResult);
}

async function submitAlike(
  tx: Tx,
  ctx: Context,
  budgets: AgentBudgets,
  alike: readonly Submission[],
): Promise<ReadonlyMap<Submission, SendResult>> {
  const results = new Map(await findIdempotent(tx, ctx, alike));
  const isOpen = (submission: Submission): boolean => !results.has(submission);
  for (const [each, result] of await findDuplicateContent(tx, ctx, alike.filter(isOpen))) {
    results.set(each, result);
  }
  for (const submission of alike.filter(isOpen)) {
    const repeated = await submission.prepare?.(tx);
    if (repeated !== undefined) results.set(submission, repeated);
  }
  const [first, ...others] = alike.filter(isOpen);
  if (first === undefined) return results;
  const decided = await decideAll(tx, ctx, budgets, [first, ...others]);
  const recorded = await recordMessages(tx, ctx, decided);
  for (const [at, each] of [first, ...others].entries()) {
    results.set(each, recorded[at] as SendResult);
  }
  await emptyErased(tx, ctx, decided);
  return results;
}

async function decideAll(
  tx: Tx,
  ctx: Context,
  budgets: AgentBudgets,
  submissions: readonly [Submission, ...Submission[]],
): Promise<readonly DecidedSubmission[]> {
  // Before the facts: what is replaced does not count any more.
  const revisions: (Revised | undefined)[] = [];
  for (const { principal, draft } of submissions) {
    revisions.push(await takeRevised(tx, ctx, principal, draft));
  }
  const decisions = await decideSubmissions(tx, ctx, budgets, submissions);
  return decisions.map((decided, at) => ({
    ...(submissions[at] as Submission),
    ...decided,
    revised: revisions[at],
  }));
}

/** Of people who were erased it stays on record that they were refused, and nothing else. */
async function emptyErased(
  tx: Tx,
  ctx: Context,
  decided: readonly DecidedSubmission[],
): Promise<void> {
  const blocked = decided.filter(({ decision }) => decision.effect === 'block');
  const people = blocked.flatMap(({ content }) => recipientsOf(content));
  const erased = await findErased(tx, ctx, people);
  for (const { content } of erased.size === 0 ? [] : blocked) {
    const own = recipientsOf(content).filter((address) => erased.has(address));
    await keepErased(tx, ctx, content.id, new Set(own));
  }
}
