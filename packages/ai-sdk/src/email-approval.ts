import { type AgentHandle, runTool, type ToolResult } from '@mailwarden/core';

/** An answer of ai 7's `toolApproval`; `undefined` lets the call run. */
export type EmailApprovalStatus =
  | undefined
  | { type: 'denied'; reason: string }
  | { type: 'user-approval'; reason: string };

export interface EmailApprovalOptions {
  /**
   * Pause the run for messages that need a person, in place of queueing them. `reason` is JSON
   * with `message_id`, `code` and `reason`. The application has to record the person's decision
   * with `reviewer.decide(message_id, …)` before it answers the framework's request.
   *
   * @default false
   */
  readonly ask?: boolean;
}

/** The part of ai 7's argument that is used. */
export interface EmailApprovalCall {
  readonly toolCall: {
    readonly toolName: string;
    readonly toolCallId: string;
    readonly input: unknown;
  };
}

/**
 * A `toolApproval` function for ai 7: a `send_email` that policy blocks is denied before it runs;
 * replies and other tools are left to `execute`. It never approves. A message that needs a person is held in core, and the result
 * of the call says so; with `ask` the run pauses for it as well. The framework's "approved" sends
 * nothing by itself: `execute` asks core again, and core has its own record.
 *
 * @example
 * ```ts
 * import { emailApproval } from '@mailwarden/ai-sdk';
 * import type { AgentHandle } from '@mailwarden/core';
 *
 * export const settings = (agent: AgentHandle) => ({ toolApproval: emailApproval(agent) });
 * ```
 */
export function emailApproval(
  agent: AgentHandle,
  { ask = false }: EmailApprovalOptions = {},
): (call: EmailApprovalCall) => Promise<EmailApprovalStatus> {
  return async ({ toolCall: { toolName, toolCallId, input } }) => {
    if (toolName !== 'send_email') return undefined;
    const preview = await runTool(agent, 'preview_email', withoutKeys(input));
    if (preview.data.decision === 'block') return { type: 'denied', reason: preview.text };
    if (!ask || preview.data.decision !== 'hold') return undefined;
    return toRequest(await runTool(agent, toolName, input, { callId: toolCallId }));
  };
}

/** A preview records nothing, so it takes no key and replaces nothing. */
function withoutKeys(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  return { ...input, idempotency_key: undefined, revises: undefined };
}

/**
 * The record that the person decides on exists before they are asked. A repetition (the SDK asks
 * again when the run goes on) is left to `execute`, which answers how the message stands.
 */
function toRequest({ status, code, data }: ToolResult): EmailApprovalStatus {
  if (status !== 'held') return undefined;
  const { message_id, reason } = data;
  return { type: 'user-approval', reason: JSON.stringify({ message_id, code, reason }) };
}
