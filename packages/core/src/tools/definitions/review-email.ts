import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { ReviewerHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderGroup } from '../render/render-group.ts';
import { renderGroups } from '../render/render-groups.ts';
import { renderReview } from '../render/render-review.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolResult } from '../tool.ts';
import { LIST_FIELDS } from './list-fields.ts';

export const reviewEmailTool = {
  name: 'review_email',
  title: 'Review email',
  description:
    'Look before you decide. With message_id: its whole text and why it is held. With group: a sample of messages of ' +
    'one kind. With neither: the groups that wait. The answer has the review to pass to decide_email.',
  effect: 'read',
  principals: ['reviewer'],
  inputSchema: {
    type: 'object',
    properties: {
      message_id: { type: 'string', description: 'Id from list_pending.' },
      offset: { type: 'integer', description: 'Where in a long text to start.' },
      group: { type: 'string', description: 'Id of a group.' },
      sample: { type: 'integer', description: 'Messages of the group to show, 3 to 50.' },
      mailbox: { type: 'string', description: 'Only groups in this mailbox.' },
      campaign: { type: 'string', description: 'Only groups of this campaign.' },
      limit: LIST_FIELDS.limit,
      cursor: LIST_FIELDS.cursor,
    },
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runReviewEmail(
  reviewer: ReviewerHandle,
  args: ArgumentsOf<typeof reviewEmailTool.inputSchema>,
): Promise<ToolResult> {
  const { message_id: messageId, offset = 0, group, sample, ...filter } = args;
  if (messageId !== undefined && group !== undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'Give message_id or group, not both.',
      fields: { arguments: ['message_id', 'group'] },
    });
  }
  if (messageId !== undefined) return renderReview(await reviewer.show(messageId), offset);
  if (group !== undefined) {
    return renderGroup(await reviewer.showGroup(group, sample === undefined ? {} : { sample }));
  }
  return renderGroups(await reviewer.listGroups(toCamelCase(filter)));
}
