import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { ReviewerHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderDone } from '../render/render-done.ts';
import { renderGroupDecision } from '../render/render-group-decision.ts';
import type { EmailTool, ToolResult } from '../tool.ts';

export const decideEmailTool = {
  name: 'decide_email',
  title: 'Decide on email',
  description:
    'Approve or reject a message, or a group, that waits for a decision; look at it with review_email first. A rejection ' +
    'needs a reason, which the agent reads. Nobody decides on a message that they or their agent wrote.',
  effect: 'decide',
  principals: ['reviewer'],
  inputSchema: {
    type: 'object',
    properties: {
      message_id: { type: 'string', description: 'Id from list_pending; or give group.' },
      group: { type: 'string', description: 'Id from review_email; needs review.' },
      decision: {
        type: 'string',
        enum: ['approve', 'reject'],
        description: 'Send it as it stands, or do not send it.',
      },
      review: {
        type: 'string',
        description: 'From review_email: the decision counts for exactly what was shown.',
      },
      reason: { type: 'string', description: 'Why; required to reject.' },
    },
    required: ['decision'],
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runDecideEmail(
  reviewer: ReviewerHandle,
  args: ArgumentsOf<typeof decideEmailTool.inputSchema>,
): Promise<ToolResult> {
  const { message_id: messageId, group, decision, review, reason } = args;
  if ((messageId === undefined) === (group === undefined)) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'Give either message_id or group.',
      fields: { arguments: ['message_id', 'group'] },
    });
  }
  const given = reason === undefined ? {} : { reason };
  if (group !== undefined) {
    const options = { ...given, review: review ?? '' };
    return renderGroupDecision(await reviewer.decideGroup(group, decision, options));
  }
  const options = review === undefined ? given : { ...given, review };
  const result = await reviewer.decide(messageId ?? '', decision, options);
  return renderDone({ status: 'ok', ...result }, () => `${result.state}: ${result.reason}`);
}
