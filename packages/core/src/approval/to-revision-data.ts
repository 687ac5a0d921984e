import type { Message } from '../storage/tables/message.ts';
import type { ReviewCase } from './decide-message.ts';

/** What an event says about exactly what was decided on, and what the person had been shown. */
export function toRevisionData(
  { options, group }: Pick<ReviewCase, 'options' | 'group'>,
  { revision, digest }: Message,
): Readonly<Record<string, string | number | boolean>> {
  return {
    revision,
    digest: digest ?? '',
    ...(options.category === undefined ? {} : { category: options.category }),
    ...(options.review === undefined ? {} : { review: options.review }),
    ...(group === undefined
      ? {}
      : { groupView: group.view, groupMembers: group.members, sampled: group.sampled }),
  };
}
