import type { ToolRunnableConfig } from '@langchain/core/tools';
import {
  type AgentHandle,
  type EmailTool,
  type ReviewerHandle,
  resumeTool,
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
  /** What `reviewer.decide` takes. */
  readonly message_id: string;
}

interface Pause {
  readonly handle: AgentHandle | ReviewerHandle;
  readonly row: EmailTool;
  readonly args: unknown;
  readonly config: ToolRunnableConfig;
  readonly result: ToolResult;
}

/**
 * Pauses the graph while the message is held. On resume LangGraph runs the tool from the top; the
 * same call id finds the same message then, and the answer is how that one stands in core. What
 * the graph was resumed with is not looked at.
 */
export async function pauseForApproval(pause: Pause): Promise<ToolResult> {
  const { handle, config, result } = pause;
  const messageId = result.data.message_id;
  const interrupt = findInterrupt(config);
  if (interrupt === undefined || config.toolCall?.id === undefined) return result;
  if (typeof messageId !== 'string' || !('readEmail' in handle)) return result;
  if (result.status !== 'held' && result.status !== 'duplicate') return result;
  const current = await resumeTool(handle, messageId);
  if (current.status !== 'held') return current;
  if (!tryInterrupt(interrupt, toPayload(pause, messageId))) return result;
  return resumeTool(handle, messageId);
}

function toPayload({ row, args, result }: Pause, messageId: string): EmailInterrupt {
  return {
    actionRequests: [{ name: row.name, args, description: result.text }],
    reviewConfigs: [{ actionName: row.name, allowedDecisions: ['approve', 'reject'] }],
    message_id: messageId,
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
