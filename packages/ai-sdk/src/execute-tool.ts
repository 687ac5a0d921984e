import {
  type AgentHandle,
  type ReviewerHandle,
  resumeTool,
  runTool,
  sentMessages,
  type ToolResult,
} from '@mailwarden/core';
import type { AiToolCallOptions } from './ai-tool.ts';

/** One call as the AI SDK makes it. */
export interface AiToolCall {
  readonly name: string;
  readonly args: unknown;
  readonly options: AiToolCallOptions;
}

/**
 * Every call goes through core, approved or not. After a pause for an approval the messages
 * exist already; then the answer is how they stand, not that they are duplicates.
 */
export async function executeTool(
  handle: AgentHandle | ReviewerHandle,
  { name, args, options }: AiToolCall,
): Promise<ToolResult> {
  const { toolCallId, abortSignal, messages = [] } = options;
  const result = await runTool(handle, name, args, {
    callId: toolCallId,
    ...(abortSignal === undefined ? {} : { signal: abortSignal }),
  });
  if (!('readEmail' in handle) || !waitedForApproval(messages, toolCallId)) return result;
  const repeats = sentMessages(result).some(({ status }) => status === 'duplicate');
  return repeats ? resumeTool(handle, result) : result;
}

/** The history comes from the client: it chooses the wording of the answer and nothing else. */
function waitedForApproval(messages: readonly unknown[], toolCallId: string): boolean {
  return messages
    .flatMap((message) => contentOf(message))
    .some((part) => part.type === 'tool-approval-request' && part.toolCallId === toolCallId);
}

interface Part {
  readonly type?: unknown;
  readonly toolCallId?: unknown;
}

function contentOf(message: unknown): readonly Part[] {
  if (typeof message !== 'object' || message === null || !('content' in message)) return [];
  return Array.isArray(message.content) ? message.content.filter(isPart) : [];
}

function isPart(part: unknown): part is Part {
  return typeof part === 'object' && part !== null;
}
