import type { AgentHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderContacts } from '../render/render-contacts.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolResult } from '../tool.ts';
import { LIST_FIELDS } from './list-fields.ts';

export const manageContactsTool = {
  name: 'manage_contacts',
  title: 'Manage contacts',
  description:
    'Find contacts, with their tags and whether they can be emailed (can_email and why). With address: add or ' +
    'name that contact, or change its tags. Adding a contact records no consent.',
  effect: 'organise',
  principals: ['agent'],
  inputSchema: {
    type: 'object',
    properties: {
      mailbox: LIST_FIELDS.mailbox,
      query: {
        type: 'string',
        description: 'Part of an address or a name; tag:NAME narrows to a tag.',
      },
      tags: {
        type: 'array',
        items: { type: 'string' },
        description: 'Only contacts with all of these tags.',
      },
      exclude_tags: {
        type: 'array',
        items: { type: 'string' },
        description: 'Only contacts with none of these tags.',
      },
      address: { type: 'string', description: 'The contact to add or change.' },
      name: { type: 'string', description: 'Name of the contact in address.' },
      add_tags: {
        type: 'array',
        items: { type: 'string' },
        description: 'Tags to add to the contact in address.',
      },
      remove_tags: {
        type: 'array',
        items: { type: 'string' },
        description: 'Tags to remove from the contact in address.',
      },
      limit: LIST_FIELDS.limit,
      cursor: LIST_FIELDS.cursor,
    },
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runManageContacts(
  agent: AgentHandle,
  args: ArgumentsOf<typeof manageContactsTool.inputSchema>,
): Promise<ToolResult> {
  return renderContacts(await agent.contacts(toCamelCase(args)));
}
