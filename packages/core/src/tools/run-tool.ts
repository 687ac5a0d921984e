import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toMailwardenError } from '../errors/to-mailwarden-error.ts';
import { toRefusal } from '../operations/to-refusal.ts';
import type { AgentHandle, ReviewerHandle } from '../principal/handles.ts';
import { principalOf, reportFault } from '../principal/registry.ts';
import { quietly } from '../telemetry/quietly.ts';
import { withSpan } from '../telemetry/with-span.ts';
import { findTool } from './find-tool.ts';
import { listTools } from './list-tools.ts';
import { readArguments } from './read-arguments.ts';
import { renderRefusal } from './render/render-refusal.ts';
import type { EmailTool, ToolCall, ToolResult } from './tool.ts';
import { findToolRun } from './tool-runs.ts';

/**
 * Runs one tool call of a model. The one way from any framework into the operations: who may call
 * what follows from the principal that the handle was made for, arguments are checked here, and
 * every end, expected or not, is returned. Of an unexpected one the model is told nothing and the
 * warden's `onError` everything.
 *
 * @param args - What the model wrote, unchecked.
 * @param call - The framework's id of the call makes a retry of it the same send.
 *
 * @example
 * ```ts
 * import { type AgentHandle, runTool } from '@mailwarden/core';
 *
 * export const checkUnread = (agent: AgentHandle) =>
 *   runTool(agent, 'check_inbox', { filter: { unread: true } });
 * ```
 */
export async function runTool(
  handle: AgentHandle | ReviewerHandle,
  name: string,
  args: unknown,
  call: ToolCall = {},
): Promise<ToolResult> {
  return withSpan('mailwarden.tool', {}, async (span) => {
    const result = await run(handle, name, args, call);
    quietly(() =>
      span.setAttributes({
        // A name that a model invented is text from outside.
        'mailwarden.tool': findTool(name)?.name ?? 'unknown',
        'mailwarden.status': result.status,
        'mailwarden.code': result.code,
      }),
    );
    return result;
  });
}

async function run(
  handle: AgentHandle | ReviewerHandle,
  name: string,
  args: unknown,
  call: ToolCall,
): Promise<ToolResult> {
  try {
    const tool = permittedTool(handle, name);
    const read = readArguments(tool, args);
    if (call.signal?.aborted === true) throw new MailwardenError('CALL_ABORTED');
    return await findToolRun(tool.name)(handle, read, call);
  } catch (error) {
    if (!(error instanceof MailwardenError)) reportFault(handle, error);
    return renderRefusal(toRefusal(toMailwardenError(error)));
  }
}

function permittedTool(handle: AgentHandle | ReviewerHandle, name: string): EmailTool {
  const { kind } = principalOf(handle);
  const tool = findTool(name);
  if (tool === undefined) {
    const valid = listTools(handle).map((each) => each.name);
    throw new MailwardenError('TOOL_UNKNOWN', {
      detail: `There are ${valid.join(', ')}.`,
      fields: { valid },
    });
  }
  if (tool.principals.includes(kind)) return tool;
  throw new MailwardenError('NOT_PERMITTED', { detail: `${name} is not for this ${kind}.` });
}
