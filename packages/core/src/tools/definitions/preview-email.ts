import type { AgentHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderPreview } from '../render/render-preview.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolResult } from '../tool.ts';
import { SEND_FIELDS } from './send-fields.ts';

export const previewEmailTool = {
  name: 'preview_email',
  title: 'Preview email',
  description:
    'Show how an email would look and whether it would go out, be held or be blocked, and why. Sends and records nothing.',
  effect: 'read',
  principals: ['agent'],
  inputSchema: {
    type: 'object',
    properties: SEND_FIELDS,
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
