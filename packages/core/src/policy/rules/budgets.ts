import type { Rule } from '../rule.ts';

/**
 * An agent that runs wild stops here; only the application raises a budget. Agent budgets are
 * reserved at request, a mailbox's daily limit at claim (P7).
 */
export const budgets: Rule = {
  id: 'budgets',
  version: '1',
  evaluate: ({ budgets: all }) =>
    all
      .filter((budget) => budget.used + budget.wanted > budget.limit)
      .map((budget) =>
        budget.freeAt === undefined
          ? {
              effect: 'block',
              code: 'BUDGET_EXCEEDED',
              message: `The budget of ${budget.limit} ${budget.label} is used up; stop sending and tell your operator.`,
              evidence: { budget: budget.kind, limit: budget.limit },
            }
          : {
              effect: 'defer',
              until: budget.freeAt,
              code: 'LIMIT_REACHED',
              message: `The limit of ${budget.limit} ${budget.label} is reached; it goes out later by itself.`,
              evidence: { budget: budget.kind, limit: budget.limit },
            },
      ),
};
