import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { DecideGroupOptions } from '../../operations/inputs.ts';
import { refuseUnknown, toText } from '../../operations/parse-arguments.ts';
import type { GroupDecision, GroupItem } from '../../operations/review-results.ts';
import type { ReviewerPrincipal } from '../../principal/principal.ts';
import type { ReviewViewRow } from '../../storage/tables/review.ts';
import { checkDecision } from '../decide-message.ts';
import { countJoined } from './count-joined.ts';
import { decideMember } from './decide-member.ts';
import { findAsked, recordGroupOutcome } from './record-group-outcome.ts';

/** Members in work at once. They share a mailbox, whose lock lets one at a time decide. */
const AT_ONCE = 4;
const PAGE = 200;

/** A look at a group, and what is decided with it. */
export interface GroupCase {
  readonly reviewer: ReviewerPrincipal;
  readonly view: ReviewViewRow;
  readonly decision: 'approve' | 'reject';
  readonly reason: string | undefined;
}

/**
 * Decides on exactly the messages that a look at the group named, each in a transaction of its own
 * and with every check that a decision on one message has (P4). What changed since falls out; a
 * fault leaves its message undecided, and the same call again goes on there. Throws
 * `GROUP_NOT_FOUND`, `REVISION_CONFLICT`, `REASON_REQUIRED`, `ARGUMENT_INVALID`.
 */
export async function decideGroup(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  groupId: string,
  decision: 'approve' | 'reject',
  options: DecideGroupOptions,
): Promise<GroupDecision> {
  refuseUnknown(options, ['review', 'reason'], 'decideGroup');
  const reason = toText(options.reason, 'reason')?.trim();
  checkDecision(decision, reason === undefined ? {} : { reason });
  const group = toText(groupId, 'group')?.trim() ?? '';
  const review = toText(options.review, 'review')?.trim();
  if (review === undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'review has to be the one that showGroup gave.',
      fields: { argument: 'review' },
    });
  }
  const view = await takeView(ctx, reviewer, { group, review, decision });
  const asked = await findAsked(ctx, view);
  const items = await decideMembers(ctx, { reviewer, view, decision, reason });
  ctx.wake();
  if (asked !== undefined) await recordGroupOutcome(ctx, view, asked, items).catch(ctx.report);
  return {
    group,
    decision,
    items,
    counts: countBy(items),
    unavailable: items.filter(({ result }) => result === 'unavailable').length,
    joined: await countJoined(ctx, reviewer, view),
  };
}

/** The look itself, which can carry one decision only, and only of who looked. */
async function takeView(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  { group, review, decision }: Pick<GroupDecision, 'group' | 'decision'> & { review: string },
): Promise<ReviewViewRow> {
  const view = await ctx.storage.unit(async (tx) => {
    await tx
      .updateTable('review_view')
      .set({ decision })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', review)
      .where('review_group', '=', group)
      .where('reviewer', '=', reviewer.id)
      .where('expires_at', '>', ctx.now())
      .where('decision', 'is', null)
      .execute();
    return tx
      .selectFrom('review_view')
      .selectAll()
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', review)
      .executeTakeFirst();
  });
  if (view === undefined || view.review_group !== group) {
    throw new MailwardenError('GROUP_NOT_FOUND', { fields: { group: group.slice(0, 80) } });
  }
  if (view.reviewer !== reviewer.id) {
    throw new MailwardenError('REVISION_CONFLICT', { detail: 'Somebody else was shown that.' });
  }
  if (view.expires_at <= ctx.now()) {
    throw new MailwardenError('REVISION_CONFLICT', { detail: 'It was shown too long ago.' });
  }
  if (view.decision === decision) return view;
  throw new MailwardenError('REVISION_CONFLICT', {
    detail: `With this look you decided ${view.decision ?? 'nothing'} already.`,
  });
}

async function decideMembers(ctx: Context, group: GroupCase): Promise<readonly GroupItem[]> {
  const items: GroupItem[] = [];
  let after = '';
  for (;;) {
    const page = await ctx.storage.db
      .selectFrom('review_member')
      .selectAll()
      .where('tenant', '=', ctx.tenant)
      .where('view_id', '=', group.view.id)
      .where('message_id', '>', after)
      .orderBy('message_id')
      .limit(PAGE)
      .execute();
    const waiting = page.values();
    const decided = new Map<string, GroupItem>();
    const work = async (): Promise<void> => {
      for (const member of waiting) {
        decided.set(member.message_id, await decideMember(ctx, group, member));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    items.push(...page.flatMap(({ message_id }) => decided.get(message_id) ?? []));
    if (page.length < PAGE) return items;
    after = page.at(-1)?.message_id ?? '';
  }
}

function countBy(items: readonly GroupItem[]): Readonly<Record<string, number>> {
  const counts = Map.groupBy(items, ({ code }) => code);
  return Object.fromEntries([...counts].map(([code, list]) => [code, list.length]));
}
