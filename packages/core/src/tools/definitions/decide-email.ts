import type { ReviewerHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderDone } from '../render/render-done.ts';
import type { EmailTool, ToolResult } from '../tool.ts';

export const decideEmailTool = {
  name: 'decide_email',
  title: 'Decide on email',
  description:
    'Approve or reject a message that waits for a decision. A rejection needs a reason, which the agent reads. ' +
    'Nobody decides on a message that they or their agent wrote.',
  effect: 'decide',
  principals: ['reviewer'],
  inputSchema: {
    type: 'object',
    properties: {
      message_id: { type: 'string', description: 'Id from list_pending.' },
      decision: {
        type: 'string',
        enum: ['approve', 'reject'],
        description: 'Send it as it stands, or do not send it.',
      },
      reason: { type: 'string', description: 'Why; required to reject.' },
    },
    required: ['message_id', 'decision'],
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runDecideEmail(
  reviewer: ReviewerHandle,
  args: ArgumentsOf<typeof decideEmailTool.inputSchema>,
): Promise<ToolResult> {
  const { message_id, decision, reason } = args;
  const result = await reviewer.decide(
    message_id,
    decision,
    reason === undefined ? {} : { reason },
  );
  return renderDone({ status: 'ok', ...result }, () => `${result.state}: ${result.reason}`);
}
