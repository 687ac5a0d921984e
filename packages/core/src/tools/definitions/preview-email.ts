import type { AgentHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderPreview } from '../render/render-preview.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolResult } from '../tool.ts';
import { SEND_FIELDS } from './send-fields.ts';

/** Said once in send_email; a model pays for every word. */
const TEXT = { type: 'string', description: 'As in send_email.' } as const;
const LIST = {
  type: 'array',
  items: { type: 'string' },
  description: 'As in send_email.',
} as const;

export const previewEmailTool = {
  name: 'preview_email',
  title: 'Preview email',
  description:
    'Show how an email would look and whether it would go out, be held or be blocked, and why. Sends and records nothing.',
  effect: 'read',
  principals: ['agent'],
  inputSchema: {
    type: 'object',
    properties: {
      mailbox: TEXT,
      to: LIST,
      cc: LIST,
      bcc: LIST,
      subject: TEXT,
      body: TEXT,
      tags: LIST,
      headers: LIST,
      category: { ...SEND_FIELDS.category, description: 'As in send_email.' },
      topic: TEXT,
      campaign: TEXT,
      variant: TEXT,
      template: TEXT,
      variables: LIST,
      send_at: TEXT,
      attachments: LIST,
      oversight_mode: { ...SEND_FIELDS.oversight_mode, description: 'As in send_email.' },
    },
    required: ['to'],
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runPreviewEmail(
  agent: AgentHandle,
  args: ArgumentsOf<typeof previewEmailTool.inputSchema>,
): Promise<ToolResult> {
  return renderPreview(await agent.preview(toCamelCase(args)));
}
