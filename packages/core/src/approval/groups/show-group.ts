import { uuidv7 } from 'uuidv7';
import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { readMessages } from '../../messages/read-messages.ts';
import type { ShowGroupOptions } from '../../operations/inputs.ts';
import { refuseUnknown, toText } from '../../operations/parse-arguments.ts';
import type { GroupView } from '../../operations/review-results.ts';
import type { ReviewerPrincipal } from '../../principal/principal.ts';
import type { Tx } from '../../storage/database.ts';
import { loadReviewViews } from '../show-message.ts';
import { chooseSample } from './choose-sample.ts';
import { selectHeld } from './held-members.ts';
import { loadSummaries } from './load-summaries.ts';
import { type GroupMember, readMembers } from './read-members.ts';

/** Fewer than three say nothing about many; more than 50 nobody reads. */
const SAMPLE = { min: 3, max: 50, default: 10 } as const;
/** How long a look counts, ms: content cannot change meanwhile, minds can. */
const VIEW_LIFE = 86_400_000;
const ROWS_PER_STATEMENT = 2_000;

/**
 * Shows a group by a sample, and remembers what was shown: `review` names exactly these members,
 * each at its revision, digest and findings (P4). Throws `GROUP_NOT_FOUND`, `ARGUMENT_INVALID`.
 */
export async function showGroup(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  groupId: string,
  options: ShowGroupOptions = {},
): Promise<GroupView> {
  refuseUnknown(options, ['sample'], 'showGroup');
  const size = toSampleSize(options.sample);
  const group = toText(groupId, 'group')?.trim() ?? '';
  const { db } = ctx.storage;
  const counted = await selectHeld(db, ctx, reviewer)
    .select((eb) => eb.fn.min('delivery.message_id').as('oldest'))
    .select((eb) => eb.fn.count<number>('delivery.message_id').distinct().as('count'))
    .where('delivery.review_group', '=', group)
    .executeTakeFirst();
  const oldest = counted?.oldest ?? '';
  const count = Number(counted?.count ?? 0);
  const [summary] = await loadSummaries(db, ctx, [{ id: group, oldest, count }]);
  const { members, ...found } = await readMembers(ctx, reviewer, group);
  if (summary === undefined || members.length === 0) {
    throw new MailwardenError('GROUP_NOT_FOUND', { fields: { group: group.slice(0, 80) } });
  }
  const chosen = chooseSample(members, size);
  const review = uuidv7();
  const validUntil = ctx.now() + VIEW_LIFE;
  const sample = await loadSample(ctx, chosen, members);
  if (sample.length < chosen.length) {
    throw new MailwardenError('REVISION_CONFLICT', { detail: 'It changed while it was read.' });
  }
  const sampled = new Set(chosen);
  await ctx.storage.unit(async (tx) => {
    const view = { review, group, reviewer, members, sampled, validUntil };
    await storeView(tx, ctx, view);
  });
  return { ...summary, review, validUntil, members: members.length, ...found, sample };
}

function toSampleSize(value: unknown): number {
  if (value === undefined) return SAMPLE.default;
  const fits = typeof value === 'number' && Number.isInteger(value);
  if (fits && value >= SAMPLE.min && value <= SAMPLE.max) return value;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `sample has to be a whole number from ${SAMPLE.min} to ${SAMPLE.max}.`,
    fields: { argument: 'sample' },
  });
}

/** Content that is what the look names; what changed since the members were read is not shown. */
async function loadSample(
  ctx: Context,
  ids: readonly string[],
  members: readonly GroupMember[],
): Promise<GroupView['sample']> {
  const { db } = ctx.storage;
  const rows = await readMessages(db, ctx, ids);
  const named = new Map(members.map(({ id, review }) => [id, review]));
  const views = await loadReviewViews(db, ctx, rows);
  return views.filter(({ id, review }) => named.get(id) === review);
}

async function storeView(
  tx: Tx,
  ctx: Context,
  view: {
    readonly review: string;
    readonly group: string;
    readonly reviewer: ReviewerPrincipal;
    readonly members: readonly GroupMember[];
    readonly sampled: ReadonlySet<string>;
    readonly validUntil: number;
  },
): Promise<void> {
  const { tenant } = ctx;
  const { review: view_id, members, sampled } = view;
  await tx
    .insertInto('review_view')
    .values({
      tenant,
      id: view_id,
      review_group: view.group,
      reviewer: view.reviewer.id,
      member_count: members.length,
      sample_count: sampled.size,
      shown_at: ctx.now(),
      expires_at: view.validUntil,
    })
    .execute();
  const rows = members.map(({ id, review }) => {
    return { tenant, view_id, message_id: id, review, sampled: sampled.has(id) ? 1 : 0 } as const;
  });
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    await tx
      .insertInto('review_member')
      .values(rows.slice(at, at + ROWS_PER_STATEMENT))
      .execute();
  }
}
