import type { Context } from '../../context.ts';
import { readMessages } from '../../messages/read-messages.ts';
import type { GroupVariation } from '../../operations/review-results.ts';
import type { ReviewerPrincipal } from '../../principal/principal.ts';
import { reviewToken } from '../review-token.ts';
import type { SampleCandidate } from './choose-sample.ts';
import { countVariations } from './count-variations.ts';
import { listMembers } from './held-members.ts';
import { shapeOfMember } from './review-group.ts';

/** Messages that one look covers; the others wait for the next one. */
export const MAX_MEMBERS = 5_000;
/** Messages that are in memory at once. */
const PAGE = 100;

export interface GroupMember extends SampleCandidate {
  readonly review: string;
}

export interface GroupMembers {
  readonly members: readonly GroupMember[];
  readonly outsiders: readonly string[];
  readonly variations: readonly GroupVariation[];
}

/**
 * Reads every message of a group, a page at a time. Each one's shape is worked out again from its
 * content: what differs from the group by now is no member.
 */
export async function readMembers(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  group: string,
): Promise<GroupMembers> {
  const { db } = ctx.storage;
  const members: GroupMember[] = [];
  const outsiders: string[] = [];
  const variations = countVariations();
  let after = '';
  while (members.length < MAX_MEMBERS) {
    const limit = Math.min(PAGE, MAX_MEMBERS - members.length);
    const ids = await listMembers(db, ctx, { reviewer, group, after, limit });
    for (const message of await readMessages(db, ctx, ids)) {
      const shape = shapeOfMember(ctx, message, group);
      if (shape === undefined) outsiders.push(message.id);
      else {
        const { id, text } = message;
        members.push({ id, length: text.length, review: reviewToken(message) });
        variations.add(shape.varying);
      }
    }
    if (ids.length < limit) break;
    after = ids.at(-1) ?? '';
  }
  return { members, outsiders, variations: variations.list() };
}
