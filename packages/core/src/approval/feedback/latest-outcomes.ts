import type { Context } from '../../context.ts';
import type { Db } from '../../storage/database.ts';
import type { ReviewOutcomeTable } from '../../storage/tables/review.ts';

/** So many decisions are looked at. */
export const WINDOW = 50;
/** A rule is reported when people approved more than this share of them unchanged. */
const SHARE = 0.8;

export interface RuleCode {
  readonly rule: string;
  readonly code: string;
}

export type Outcome = Pick<ReviewOutcomeTable, 'outcome' | 'mailbox' | 'category'>;

export interface OutcomeCounts {
  readonly of: number;
  readonly approved: number;
  readonly edited: number;
  readonly rejected: number;
  readonly expired: number;
}

/** How the last holds of one rule and code ended. */
export function selectLatest(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  { rule, code }: RuleCode,
): Promise<readonly Outcome[]> {
  return db
    .selectFrom('review_outcome')
    .select(['outcome', 'mailbox', 'category'])
    .where('tenant', '=', ctx.tenant)
    .where('rule', '=', rule)
    .where('code', '=', code)
    .orderBy('id', 'desc')
    .limit(WINDOW)
    .execute();
}

/** The counts of what is given. */
export function countOutcomes(outcomes: readonly Pick<Outcome, 'outcome'>[]): OutcomeCounts {
  const count = (wanted: Outcome['outcome']): number =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  return {
    of: outcomes.length,
    approved: count('approved'),
    edited: count('edited'),
    rejected: count('rejected'),
    expired: count('expired'),
  };
}

/** Whether people let nearly everything through that the rule stopped. */
export function isDue({ of, approved }: OutcomeCounts): boolean {
  return of >= WINDOW && approved > of * SHARE;
}
