import type { Context } from '../../context.ts';
import type { RuleFeedback } from '../../operations/review-results.ts';
import { countOutcomes, isDue, type Outcome, type RuleCode, WINDOW } from './latest-outcomes.ts';
import { proposeChange } from './propose-change.ts';

/** Rules and codes listed at most. */
const LIMIT = 100;

/** How the last 50 holds of every rule ended with people; those that ask for nothing first. */
export async function listRuleFeedback(ctx: Context): Promise<readonly RuleFeedback[]> {
  const rows = await selectAll(ctx);
  const feedback = [...Map.groupBy(rows, ({ rule, code }) => `${rule} ${code}`).values()].map(
    (outcomes) => toFeedback(ctx, outcomes),
  );
  return feedback.sort((a, b) => Number(b.isDue) - Number(a.isDue) || share(b) - share(a));
}

/** The last ones of each rule by index, whatever there is beside them. */
function selectAll(ctx: Context): Promise<readonly (Outcome & RuleCode)[]> {
  return ctx.storage.db
    .selectFrom((eb) =>
      eb
        .selectFrom('rule_feedback')
        .select(['tenant', 'rule', 'code'])
        .where('tenant', '=', ctx.tenant)
        .orderBy('reported', 'desc')
        .orderBy('rule')
        .orderBy('code')
        .limit(LIMIT)
        .as('asked'),
    )
    .innerJoin('review_outcome as latest', (join) =>
      join
        .onRef('latest.tenant', '=', 'asked.tenant')
        .onRef('latest.rule', '=', 'asked.rule')
        .onRef('latest.code', '=', 'asked.code'),
    )
    .select(['latest.rule', 'latest.code', 'latest.outcome', 'latest.mailbox', 'latest.category'])
    .where((eb) =>
      eb(
        'latest.id',
        '>=',
        eb.fn.coalesce(
          eb
            .selectFrom('review_outcome as first')
            .select('first.id')
            .whereRef('first.tenant', '=', 'asked.tenant')
            .whereRef('first.rule', '=', 'asked.rule')
            .whereRef('first.code', '=', 'asked.code')
            .orderBy('first.id', 'desc')
            .limit(1)
            .offset(WINDOW - 1),
          eb.val(''),
        ),
      ),
    )
    .execute();
}

function toFeedback(ctx: Context, outcomes: readonly (Outcome & RuleCode)[]): RuleFeedback {
  const { rule = '', code = '' } = outcomes[0] ?? {};
  const counts = countOutcomes(outcomes);
  const due = isDue(counts);
  const places = [
    ...Map.groupBy(outcomes, ({ mailbox, category }) => `${mailbox} ${category}`).values(),
  ]
    .map((list) => ({
      mailbox: list[0]?.mailbox ?? '',
      category: list[0]?.category ?? '',
      approved: countOutcomes(list).approved,
      of: list.length,
    }))
    .sort((a, b) => b.of - a.of);
  const proposal = due ? { proposal: proposeChange(ctx, { rule, code, places }) } : {};
  return { rule, code, ...counts, isDue: due, places, ...proposal };
}

function share({ approved, of }: RuleFeedback): number {
  return approved / of;
}
