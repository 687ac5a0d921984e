import type { AgentHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderDone } from '../render/render-done.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolResult } from '../tool.ts';

export const cancelEmailTool = {
  name: 'cancel_email',
  title: 'Cancel email',
  description: 'Withdraw one of your own messages that is held, scheduled or still queued.',
  effect: 'organise',
  principals: ['agent'],
  inputSchema: {
    type: 'object',
    properties: {
      message_id: { type: 'string', description: 'Id from the result of the send.' },
    },
    required: ['message_id'],
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runCancelEmail(
  agent: AgentHandle,
  args: ArgumentsOf<typeof cancelEmailTool.inputSchema>,
): Promise<ToolResult> {
  return renderDone(await agent.cancel(toCamelCase(args)), () => 'The message is cancelled.');
}
