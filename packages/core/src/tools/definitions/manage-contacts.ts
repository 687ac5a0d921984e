import type { AgentHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderContacts } from '../render/render-contacts.ts';
import { renderRefusal } from '../render/render-refusal.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolResult } from '../tool.ts';
import { LIST_FIELDS } from './list-fields.ts';

export const manageContactsTool = {
  name: 'manage_contacts',
  title: 'Manage contacts',
  description:
    'Find contacts, with their tags and whether they can be emailed (can_email and why). With address: add or ' +
    'name that contact, change its tags, or report a consent, which counts once a person has confirmed it.',
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
      consent_quote: {
        type: 'string',
        description: 'What the contact in address said when agreeing to marketing.',
      },
      consent_wording: { type: 'string', description: 'Id of the text they agreed to, if any.' },
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
  const { consentQuote, consentWording, ...input } = toCamelCase(args);
  if (consentQuote !== undefined) {
    const { address = '', mailbox } = input;
    const reported = await agent.reportConsent({
      address,
      basis: 'express',
      method: 'told the agent',
      quote: consentQuote,
      ...(consentWording === undefined ? {} : { wordingVersion: consentWording }),
      ...(mailbox === undefined ? {} : { mailbox }),
    });
    if (reported.status !== 'ok') return renderRefusal(reported);
  }
  return renderContacts(await agent.contacts(input));
}
