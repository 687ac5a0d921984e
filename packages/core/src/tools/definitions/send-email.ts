import type { AgentHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderSend } from '../render/render-send.ts';
import { toCallOptions } from '../to-call-options.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolCall, ToolResult } from '../tool.ts';
import { SEND_FIELDS } from './send-fields.ts';

export const sendEmailTool = {
  name: 'send_email',
  title: 'Send email',
  description:
    'Send an email, or queue it for review when the mailbox is supervised. The result says what became of it: ' +
    'queued, scheduled, held (a person decides; do not send it again), blocked (with the reason) or duplicate. ' +
    'To answer a message use reply_email.',
  effect: 'send',
  principals: ['agent'],
  inputSchema: {
    type: 'object',
    properties: {
      ...SEND_FIELDS,
      idempotency_key: {
        type: 'string',
        description:
          'Your own name for this send, e.g. welcome-step-2. One key never sends twice to one recipient.',
      },
      revises: {
        type: 'string',
        description: 'message_id of your rejected or held message that this one replaces.',
      },
    },
    required: ['to'],
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runSendEmail(
  agent: AgentHandle,
  args: ArgumentsOf<typeof sendEmailTool.inputSchema>,
  call: ToolCall,
): Promise<ToolResult> {
  return renderSend(await agent.send(toCamelCase(args), toCallOptions(call)));
}
