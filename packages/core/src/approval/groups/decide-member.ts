import type { Context } from '../../context.ts';
import type { DeliveryState } from '../../deliveries/delivery-state.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { toMailwardenError } from '../../errors/to-mailwarden-error.ts';
import type { GroupItem } from '../../operations/review-results.ts';
import type { Tx } from '../../storage/database.ts';
import type { ReviewMember } from '../../storage/tables/review.ts';
import { decideLocked, lockMessage } from '../decide-message.ts';
import type { GroupCase } from './decide-group.ts';

/** A member that the same look decided on before; the transaction had nothing to do. */
interface Ending {
  readonly state: string | null;
  readonly code: string | null;
}

/**
 * Decides on one member. Its ending is written in the transaction of the decision, so that the
 * same call again finds it; whatever is thrown is this member's own ending and no other's.
 */
export async function decideMember(
  ctx: Context,
  group: GroupCase,
  member: ReviewMember,
): Promise<GroupItem> {
  const { message_id: messageId } = member;
  try {
    const ending = await ctx.storage.unit((tx) => decideOnce(tx, ctx, group, member));
    return toItem(messageId, ending);
  } catch (error) {
    const known = toMailwardenError(error);
    const { code, info } = known;
    if (info.retryable || info.httpStatus >= 500) {
      // What is no fault of the database has to be seen by somebody.
      if (!info.retryable) ctx.report(error);
      return { messageId, result: 'unavailable', code };
    }
    return fallOut(ctx, member, code);
  }
}

async function decideOnce(
  tx: Tx,
  ctx: Context,
  { reviewer, view, decision, reason }: GroupCase,
  { message_id: id, review, sampled }: ReviewMember,
): Promise<Ending> {
  // The message's lock first, as everywhere: a second call waits here and then finds the ending.
  await lockMessage(tx, ctx, id);
  const before = await readEnding(tx, ctx, view.id, id);
  if (before.code !== null) return before;
  const { state, code } = await decideLocked(tx, ctx, {
    reviewer,
    id,
    decision,
    options: { review, ...(reason === undefined ? {} : { reason }) },
    feedback: false,
    group: { view: view.id, members: view.member_count, sampled: sampled === 1 },
  });
  await writeEnding(tx, ctx, { view_id: view.id, message_id: id }, { state, code });
  return { state, code };
}

/** What a person decided elsewhere, or what changed, is final for this look. */
async function fallOut(ctx: Context, member: ReviewMember, code: string): Promise<GroupItem> {
  const { message_id: messageId } = member;
  try {
    const ending = await ctx.storage.unit(async (tx) => {
      await writeEnding(tx, ctx, member, { state: null, code });
      return readEnding(tx, ctx, member.view_id, messageId);
    });
    return toItem(messageId, ending);
  } catch (error) {
    const fault = toMailwardenError(error);
    return { messageId, result: 'unavailable', code: fault.code };
  }
}

/** The first ending stays. */
async function writeEnding(
  tx: Tx,
  ctx: Context,
  { view_id, message_id }: Pick<ReviewMember, 'view_id' | 'message_id'>,
  ending: Ending,
): Promise<void> {
  await tx
    .updateTable('review_member')
    .set(ending)
    .where('tenant', '=', ctx.tenant)
    .where('view_id', '=', view_id)
    .where('message_id', '=', message_id)
    .where('code', 'is', null)
    .execute();
}

async function readEnding(tx: Tx, ctx: Context, viewId: string, id: string): Promise<Ending> {
  const row = await tx
    .selectFrom('review_member')
    .select(['state', 'code'])
    .where('tenant', '=', ctx.tenant)
    .where('view_id', '=', viewId)
    .where('message_id', '=', id)
    .executeTakeFirst();
  if (row !== undefined) return row;
  throw new MailwardenError('NOT_PENDING', { detail: 'It was shown too long ago.' });
}

function toItem(messageId: string, { state, code }: Ending): GroupItem {
  return state === null
    ? { messageId, result: 'fell_out', code: code ?? '' }
    : { messageId, result: 'decided', state: state as DeliveryState, code: code ?? '' };
}
