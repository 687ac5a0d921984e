import type { AgentHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderSend } from '../render/render-send.ts';
import { toCallOptions } from '../to-call-options.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolCall, ToolResult } from '../tool.ts';
import { SEND_FIELDS } from './send-fields.ts';

export const replyEmailTool = {
  name: 'reply_email',
  title: 'Reply to email',
  description:
    'Answer a message in its thread. Recipients, subject and threading follow from the message and cannot be ' +
    'chosen. The result says queued, held (a person decides; do not send it again), blocked or duplicate.',
  effect: 'send',
  principals: ['agent'],
  inputSchema: {
    type: 'object',
    properties: {
      mailbox: SEND_FIELDS.mailbox,
      message_id: { type: 'string', description: 'Id of the message to answer.' },
      body: {
        type: 'string',
        description: 'Markdown; a newline is a line break, HTML is shown as text.',
      },
      tags: SEND_FIELDS.tags,
      send_at: SEND_FIELDS.send_at,
      attachments: SEND_FIELDS.attachments,
      oversight_mode: SEND_FIELDS.oversight_mode,
      idempotency_key: {
        type: 'string',
        description: 'Your own name for this reply. One key never sends twice.',
      },
      revises: {
        type: 'string',
        description: 'message_id of your rejected or held reply that this one replaces.',
      },
    },
    required: ['message_id', 'body'],
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runReplyEmail(
  agent: AgentHandle,
  args: ArgumentsOf<typeof replyEmailTool.inputSchema>,
  call: ToolCall,
): Promise<ToolResult> {
  return renderSend(await agent.reply(toCamelCase(args), toCallOptions(call)));
}
