import type { AgentHandle } from '../../principal/handles.ts';
import type { ArgumentsOf } from '../arguments-of.ts';
import { renderDone } from '../render/render-done.ts';
import { toCamelCase } from '../to-camel-case.ts';
import type { EmailTool, ToolResult } from '../tool.ts';
import { LIST_FIELDS } from './list-fields.ts';

export const suppressContactTool = {
  name: 'suppress_contact',
  title: 'Suppress contact',
  description:
    'Stop mail to an address, for example when somebody asks in a reply not to be written to. You cannot undo this.',
  effect: 'organise',
  principals: ['agent'],
  inputSchema: {
    type: 'object',
    properties: {
      mailbox: LIST_FIELDS.mailbox,
      address: { type: 'string', description: 'The address to stop writing to.' },
      scope: {
        type: 'string',
        description: 'marketing (unless told), all, or topic:ID for one topic.',
      },
      reason: { type: 'string', description: 'Why, in one sentence; people read it.' },
    },
    required: ['address'],
    additionalProperties: false,
  },
} as const satisfies EmailTool;

export async function runSuppressContact(
  agent: AgentHandle,
  args: ArgumentsOf<typeof suppressContactTool.inputSchema>,
): Promise<ToolResult> {
  return renderDone(
    await agent.suppress(toCamelCase(args)),
    (result) => `${result.address} gets no more mail of scope ${result.scope}.`,
  );
}
