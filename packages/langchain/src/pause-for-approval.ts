import type { ToolRunnableConfig } from '@langchain/core/tools';
import {
  type AgentHandle,
  type EmailTool,
  type ReviewerHandle,
  resumeTool,
  sentMessages,
  type ToolResult,
} from '@mailwarden/core';

/** What the paused graph shows: LangChain's HITLRequest, and the message in core. */
export interface EmailInterrupt {
  readonly actionRequests: readonly {
    readonly name: string;
    readonly args: unknown;
    readonly description: string;
  }[];
  readonly reviewConfigs: readonly {
    readonly actionName: string;
    readonly allowedDecisions: readonly ('approve' | 'reject')[];
  }[];
  /** What `reviewer.decide` takes: the first of `message_ids`. */
  readonly message_id: string;
  /** Every message that waits; several when marketing goes to several people. */
  readonly message_ids: readonly string[];
}

interface Pause {
  readonly handle: AgentHandle | ReviewerHandle;
  readonly row: EmailTool;
  readonly args: unknown;
  readonly config: ToolRunnableConfig;
  readonly result: ToolResult;
}

/**
 * Pauses the graph while a message of the call is held. On resume LangGraph runs the tool from the
 * top; the same call id finds the same messages then, and the answer is how they stand in core.
 * What the graph was resumed with is not looked at.
 */
export async function pauseForApproval(pause: Pause): Promise<ToolResult> {
  const { handle, config, result } = pause;
  const interrupt = findInterrupt(config);
  if (interrupt === undefined || config.toolCall?.id === undefined) return result;
  if (!('readEmail' in handle)) return result;
  const mayWait = sentMessages(result).some(
    ({ status }) => status === 'held' || status === 'duplicate',
  );
  if (!mayWait) return result;
  const current = await resumeTool(handle, result);
  const held = sentMessages(current).filter(({ status }) => status === 'held');
  const ids = held.flatMap(({ messageId }) => messageId ?? []);
  if (ids.length === 0) return current;
  if (!tryInterrupt(interrupt, toPayload(pause, ids))) return result;
  return resumeTool(handle, result);
}

function toPayload({ row, args, result }: Pause, ids: readonly string[]): EmailInterrupt {
  return {
    actionRequests: [{ name: row.name, args, description: result.text }],
    reviewConfigs: [{ actionName: row.name, allowedDecisions: ['approve', 'reject'] }],
    message_id: ids[0] ?? '',
    message_ids: ids,
  };
}

type Interrupt = (value: unknown) => unknown;

/** LangGraph puts `interrupt` into the config of a call, so nothing of it has to be imported. */
function findInterrupt(config: object): Interrupt | undefined {
  const candidate: unknown = 'interrupt' in config ? config.interrupt : undefined;
  return typeof candidate === 'function' ? (value) => candidate(value) : undefined;
}

/** False when the graph cannot pause: without a checkpointer the message is held all the same. */
function tryInterrupt(interrupt: Interrupt, payload: EmailInterrupt): boolean {
  try {
    interrupt(payload);
    return true;
  } catch (error) {
    if (isBubbleUp(error)) throw error;
    return false;
  }
}

/** How LangGraph marks what has to reach it. */
function isBubbleUp(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'is_bubble_up' in error &&
    error.is_bubble_up === true
  );
}
