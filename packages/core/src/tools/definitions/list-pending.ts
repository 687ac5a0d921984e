import type { AgentHandle, ReviewerHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderPending } from '../render/render-pending.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolResult } from '../tool.ts';
import { LIST_FIELDS } from './list-fields.ts';

export const listPendingTool = {
  name: 'list_pending',
  title: 'List pending email',
  description:
    'List messages that wait for a decision by a person, with the reason. An agent sees its own, and those that ' +
    'were rejected, with the reason of the reviewer.',
  effect: 'read',
  principals: ['agent', 'reviewer'],
  inputSchema: {
    type: 'object',
    properties: {
      mailbox: LIST_FIELDS.mailbox,
      tag: { type: 'string', description: 'Only messages with this tag.' },
      campaign: { type: 'string', description: 'Only messages of this campaign.' },
      limit: LIST_FIELDS.limit,
      cursor: LIST_FIELDS.cursor,
    },
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runListPending(
  handle: AgentHandle | ReviewerHandle,
  args: ArgumentsOf<typeof listPendingTool.inputSchema>,
): Promise<ToolResult> {
  const outcome = await handle.listPending(toCamelCase(args));
  return renderPending('status' in outcome ? outcome : { status: 'ok', ...outcome });
}
