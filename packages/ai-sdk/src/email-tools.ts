import {
  type AgentHandle,
  type AgentToolName,
  type EmailTool,
  listTools,
  type ReviewerHandle,
  type ReviewerToolName,
  type ToolInput,
  type ToolName,
  toStandardSchema,
} from '@mailwarden/core';
import type { AiTool } from './ai-tool.ts';
import { executeTool } from './execute-tool.ts';
import { toModelOutput } from './to-model-output.ts';

/** Tools by name, each typed with what it takes. */
export type EmailAiTools<Name extends ToolName> = { [N in Name]: AiTool<ToolInput<N>> };

export interface EmailToolsOptions<Name extends ToolName> {
  /** @default all tools of the handle */
  readonly only?: readonly Name[];
}

/**
 * The tools of a handle for `generateText`, `streamText` and `ToolLoopAgent`. Give `toolCallId`s
 * their meaning: a retried call with the same id is the same send. A message that needs a person
 * is held in core and the model is told so; nothing waits and no approval of the framework sends.
 *
 * With `convertToModelMessages` pass the same tools, so that stored results reach the model as
 * text and not as raw data. Throws `NOT_PERMITTED` for a handle that no warden made.
 *
 * @example
 * ```ts
 * import { emailTools } from '@mailwarden/ai-sdk';
 * import type { AgentHandle } from '@mailwarden/core';
 *
 * export const tools = (agent: AgentHandle) =>
 *   emailTools(agent, { only: ['check_inbox', 'read_email', 'reply_email'] });
 * ```
 */
export function emailTools<Name extends AgentToolName = AgentToolName>(
  handle: AgentHandle,
  options?: EmailToolsOptions<Name>,
): EmailAiTools<Name>;
export function emailTools<Name extends ReviewerToolName = ReviewerToolName>(
  handle: ReviewerHandle,
  options?: EmailToolsOptions<Name>,
): EmailAiTools<Name>;
export function emailTools(
  handle: AgentHandle | ReviewerHandle,
  { only }: EmailToolsOptions<ToolName> = {},
): object {
  const wanted: readonly string[] | undefined = only;
  const rows = listTools(handle).filter((row) => wanted?.includes(row.name) ?? true);
  return Object.fromEntries(rows.map((row) => [row.name, toAiTool(handle, row)]));
}

function toAiTool(handle: AgentHandle | ReviewerHandle, row: EmailTool): AiTool<unknown> {
  return {
    title: row.title,
    description: row.description,
    inputSchema: toStandardSchema<unknown>(row),
    metadata: { effect: row.effect },
    execute: (args, options) => executeTool(handle, { name: row.name, args, options }),
    toModelOutput,
  };
}
