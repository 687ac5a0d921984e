import type { AgentHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderDone } from '../render/render-done.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolResult } from '../tool.ts';
import { LIST_FIELDS } from './list-fields.ts';

export const tagEmailTool = {
  name: 'tag_email',
  title: 'Tag email or contact',
  description:
    'Add tags to a message or a contact, or remove your own. Says which tags are new, so that of two callers ' +
    'who add the same tag only one sees it as added.',
  effect: 'organise',
  principals: ['agent'],
  inputSchema: {
    type: 'object',
    properties: {
      mailbox: LIST_FIELDS.mailbox,
      message_id: { type: 'string', description: 'The message to tag; or give contact_id.' },
      contact_id: {
        type: 'string',
        description: 'The contact to tag, by id or address; or give message_id.',
      },
      tags: { type: 'array', items: { type: 'string' }, description: 'Tags to add.' },
      remove_tags: { type: 'array', items: { type: 'string' }, description: 'Tags to remove.' },
    },
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runTagEmail(
  agent: AgentHandle,
  args: ArgumentsOf<typeof tagEmailTool.inputSchema>,
): Promise<ToolResult> {
  return renderDone(
    await agent.tag(toCamelCase(args)),
    (result) =>
      `Newly added: ${listed(result.added)}. Removed: ${listed(result.removed)}. Tags now: ${listed(result.tags)}.`,
  );
}

function listed(tags: readonly string[]): string {
  return tags.length === 0 ? 'none' : tags.join(', ');
}
