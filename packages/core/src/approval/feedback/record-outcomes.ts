import { uuidv7 } from 'uuidv7';
import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import type { Decision } from '../../policy/finding.ts';
import type { Tx } from '../../storage/database.ts';
import type { Message } from '../../storage/tables/message.ts';
import type { ReviewOutcomeTable } from '../../storage/tables/review.ts';
import { openFindings } from '../groups/review-group.ts';
import { countOutcomes, isDue, type RuleCode, selectLatest } from './latest-outcomes.ts';

/** How what a person was asked about ended. */
export interface ReviewEnding {
  /** As it was when it ended: the findings that a look could discharge are counted. */
  readonly message: Pick<Message, 'decision' | 'mailbox' | 'category'>;
  /** The message, or the look at a group; counts once. */
  readonly subject: string;
  readonly outcome: ReviewOutcomeTable['outcome'];
}

/** Counts one ending for each rule that asked, and tells once when a rule asks for nothing. */
export async function recordOutcomes(tx: Tx, ctx: Context, ending: ReviewEnding): Promise<void> {
  const asked = listAsked(ending.message);
  if (asked.length === 0) return;
  const { tenant } = ctx;
  const { message, subject, outcome } = ending;
  const { mailbox } = message;
  const category = message.category ?? 'marketing';
  const rows = asked.map(({ rule, code }) => {
    return { tenant, rule, code, subject, id: uuidv7(), outcome, mailbox, category, at: ctx.now() };
  });
  await tx
    .insertInto('review_outcome')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['tenant', 'rule', 'code', 'subject']).doNothing())
    .execute();
  await tx
    .insertInto('rule_feedback')
    .values(asked.map(({ rule, code }) => ({ tenant, rule, code, reported: 0 as const })))
    .onConflict((conflict) => conflict.columns(['tenant', 'rule', 'code']).doNothing())
    .execute();
  for (const each of asked) await report(tx, ctx, each);
}

/** In one order, so that two decisions never wait for each other crosswise. */
function listAsked({ decision }: Pick<Message, 'decision'>): readonly RuleCode[] {
  if (decision === null) return [];
  const asked = openFindings(JSON.parse(decision) as Decision)
    .filter(({ effect, needs }) => effect === 'hold' && needs !== 'fact')
    .map(({ rule, code }) => [`${rule} ${code}`, { rule, code }] as const);
  return [...new Map(asked.toSorted(([a], [b]) => (a < b ? -1 : 1))).values()];
}

/** The row changes only when the answer does: of concurrent decisions one tells. */
async function report(tx: Tx, ctx: Context, { rule, code }: RuleCode): Promise<void> {
  const counts = countOutcomes(await selectLatest(tx, ctx, { rule, code }));
  const reported = isDue(counts) ? 1 : 0;
  const changed = await tx
    .updateTable('rule_feedback')
    .set({ reported })
    .where('tenant', '=', ctx.tenant)
    .where('rule', '=', rule)
    .where('code', '=', code)
    .where('reported', '!=', reported)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n || reported === 0) return;
  await appendEvents(tx, ctx.tenant, [
    {
      at: ctx.now(),
      type: 'rule.feedback',
      actor: 'system',
      data: { rule, code, approved: counts.approved, of: counts.of },
    },
  ]);
}
