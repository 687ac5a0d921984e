import { type AgentHandle, runTool, sentMessages, type ToolResult } from '@mailwarden/core';

/** An answer of ai 7's `toolApproval`; `undefined` lets the call run. */
export type EmailApprovalStatus =
  | undefined
  | { type: 'denied'; reason: string }
  | { type: 'user-approval'; reason: string };

export interface EmailApprovalOptions {
  /**
   * Pause the run for messages that need a person, in place of queueing them. `reason` is JSON
   * with `message_id`, `message_ids`, `code` and `reason`. The application has to record the
   * person's decision with `reviewer.decide(message_id, …)`, for each of `message_ids` when one
   * call made several messages, before it answers the framework's request.
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
 * replies, other tools and sends to several recipients, of whom one may be blocked and another
 * not, are left to `execute`. It never approves. A message that needs a person is held in core,
 * and the result of the call says so; with `ask` the run pauses for it as well. The framework's
 * "approved" sends nothing by itself: `execute` asks core again, and core has its own record.
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
    const { decision } = preview.data;
    if (decision === 'block' && !hasManyRecipients(input)) {
      return { type: 'denied', reason: preview.text };
    }
    if (!ask || (decision !== 'hold' && decision !== 'block')) return undefined;
    return toRequest(await runTool(agent, toolName, input, { callId: toolCallId }));
  };
}

/** A preview records nothing, so it takes no key and replaces nothing. */
function withoutKeys(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  return { ...input, idempotency_key: undefined, revises: undefined };
}

function hasManyRecipients(input: unknown): boolean {
  if (typeof input !== 'object' || input === null || !('to' in input)) return false;
  return Array.isArray(input.to) && input.to.length > 1;
}

/**
 * The record that the person decides on exists before they are asked. A repetition (the SDK asks
 * again when the run goes on) is left to `execute`, which answers how the message stands.
 */
function toRequest(result: ToolResult): EmailApprovalStatus {
  const held = sentMessages(result).filter(({ status }) => status === 'held');
  const [first] = held;
  if (first === undefined) return undefined;
  const { code, reason } = first;
  const message_ids = held.map(({ messageId }) => messageId);
  const question = { message_id: message_ids[0], message_ids, code, reason };
  return { type: 'user-approval', reason: JSON.stringify(question) };
}
