import type { Context } from '../../context.ts';
import type { ListGroupsInput } from '../../operations/inputs.ts';
import { readCursor, toLimit } from '../../operations/page.ts';
import { refuseUnknown, toText } from '../../operations/parse-arguments.ts';
import { resolveMailbox } from '../../operations/resolve-mailbox.ts';
import type { GroupPage } from '../../operations/review-results.ts';
import type { ReviewerPrincipal } from '../../principal/principal.ts';
import { selectHeld } from './held-members.ts';
import { type CountedGroup, loadSummaries } from './load-summaries.ts';

const ARGUMENTS: readonly (keyof ListGroupsInput)[] = ['mailbox', 'campaign', 'limit', 'cursor'];

/** What waits for a person, by kind, the kind that waits longest first. Inbound mail has no groups. */
export async function listGroups(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  input: ListGroupsInput = {},
): Promise<GroupPage> {
  refuseUnknown(input, ARGUMENTS, 'listGroups');
  const limit = toLimit(input.limit);
  const after = readCursor(ctx, input.cursor) ?? '';
  const named = toText(input.mailbox, 'mailbox');
  const mailbox = named === undefined ? undefined : resolveMailbox(ctx, reviewer, named).address;
  const campaign = toText(input.campaign, 'campaign')?.trim();
  const held = selectHeld(ctx.storage.db, ctx, reviewer)
    .$if(mailbox !== undefined, (query) => query.where('delivery.mailbox', '=', mailbox ?? ''))
    .$if(campaign !== undefined, (query) => query.where('delivery.campaign', '=', campaign ?? ''));
  const counted = await held
    .select((eb) => eb.fn.count<number>('delivery.review_group').distinct().as('count'))
    .executeTakeFirstOrThrow();
  const rows = await held
    .select('delivery.review_group')
    .select((eb) => eb.fn.min('delivery.message_id').as('oldest'))
    .select((eb) => eb.fn.count<number>('delivery.message_id').distinct().as('count'))
    .groupBy('delivery.review_group')
    .having((eb) => eb(eb.fn.min('delivery.message_id'), '>', after))
    .orderBy('oldest')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit).map(
    (row): CountedGroup => ({
      id: row.review_group ?? '',
      oldest: row.oldest,
      count: Number(row.count),
    }),
  );
  const last = page.at(-1);
  return {
    total: Number(counted.count),
    groups: await loadSummaries(ctx.storage.db, ctx, page),
    ...(rows.length > limit && last !== undefined
      ? { cursor: ctx.keys.createToken('cursor', last.oldest) }
      : {}),
  };
}
