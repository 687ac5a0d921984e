import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { type AgentBudgets, openAgentBudgets, type Wanted } from '../../policy/agent-budgets.ts';
import type { RecipientFacts } from '../../policy/facts.ts';
import { type FactsInput, loadFactsOfAlike } from '../../policy/load-facts.ts';
import type { Db } from '../../storage/database.ts';
import { decideObserved } from '../../telemetry/decide-observed.ts';
import type { DecidedSubmission } from './decided-submission.ts';
import type { Submission } from './submit-message.ts';

/** What the decision at request is about. */
export type DecidableSubmission = Pick<Submission, 'principal' | 'draft' | 'content'>;

type Decided = Pick<DecidedSubmission, 'decision' | 'facts'>;

/** The decision at request on one message; `preview` asks it and records nothing. */
export async function decideSubmission(
  db: Db,
  ctx: Context,
  submission: DecidableSubmission,
): Promise<Decided> {
  const { principal, draft } = submission;
  const budgets = await openAgentBudgets(db, ctx, [{ principal, mailbox: draft.mailbox }]);
  const [decided] = await decideSubmissions(db, ctx, budgets, [submission]);
  if (decided === undefined) throw new MailwardenError('INTERNAL');
  return decided;
}

/**
 * The decisions on messages of one group of `groupAlike`, in order: what one of them takes of a
 * budget is used when the next is decided on.
 */
export async function decideSubmissions(
  db: Db,
  ctx: Context,
  budgets: AgentBudgets,
  [first, ...others]: readonly [DecidableSubmission, ...DecidableSubmission[]],
): Promise<readonly Decided[]> {
  const all = await loadFactsOfAlike(db, ctx, [toQuestion(first), ...others.map(toQuestion)]);
  return [first, ...others].map(({ principal, draft: { mailbox } }, at) => {
    const known = all[at];
    if (known === undefined) throw new MailwardenError('INTERNAL');
    const holder = { principal, mailbox };
    const wanted = toWanted(known.recipients);
    const facts = { ...known, budgets: budgets.factsFor(holder, wanted) };
    const decision = decideObserved(ctx, facts);
    if (decision.effect !== 'block') budgets.take(holder, wanted);
    return { decision, facts };
  });
}

function toWanted(recipients: readonly RecipientFacts[]): Wanted {
  return {
    all: recipients.length,
    first: recipients.filter(({ firstContact }) => firstContact).length,
  };
}

function toQuestion({ draft, content }: DecidableSubmission): FactsInput {
  const { mailbox, tags, headerFindings, requestedCategory } = draft;
  return {
    phase: 'request',
    ...{ mailbox, content, tags, headerFindings },
    storedDigest: undefined,
    ...(requestedCategory === undefined ? {} : { requestedCategory }),
  };
}
