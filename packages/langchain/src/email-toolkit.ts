import { BaseToolkit } from '@langchain/core/tools';
import { type AgentHandle, listTools, type ReviewerHandle, type ToolName } from '@mailwarden/core';
import { EmailStructuredTool } from './email-structured-tool.ts';

export interface EmailToolkitOptions {
  /**
   * What a run does when a message needs a person. `queue`: the tool says that it is held, and the
   * run goes on. `interrupt`: the graph pauses (it needs a checkpointer) with a payload that
   * LangChain's human-in-the-loop interfaces show, plus `message_id`; the application records the
   * decision with `reviewer.decide(message_id, …)` and then resumes. In both, only the record in
   * core sends.
   *
   * @default 'queue'
   */
  readonly approval?: 'queue' | 'interrupt';
}

/**
 * The tools of a handle for `createAgent`. Results are `ToolMessage`s: `content` for the model,
 * `artifact` for the application, `status: 'error'` when the call was blocked or wrong. Give the
 * handle the thread id as its `run`, so that budgets and repeated calls belong to the thread.
 *
 * Throws `NOT_PERMITTED` for a handle that no warden made.
 *
 * @example
 * ```ts
 * import type { AgentHandle } from '@mailwarden/core';
 * import { EmailToolkit } from '@mailwarden/langchain';
 *
 * export const tools = (agent: AgentHandle) =>
 *   new EmailToolkit(agent).getTools(['check_inbox', 'read_email', 'reply_email']);
 * ```
 */
export class EmailToolkit extends BaseToolkit {
  override readonly tools: EmailStructuredTool[];

  constructor(handle: AgentHandle | ReviewerHandle, options: EmailToolkitOptions = {}) {
    super();
    const { approval = 'queue' } = options;
    this.tools = listTools(handle).map((row) => new EmailStructuredTool({ handle, row, approval }));
  }

  /** All tools of the handle, or those named. */
  override getTools(only?: readonly ToolName[]): EmailStructuredTool[] {
    const wanted: readonly string[] | undefined = only;
    return this.tools.filter((tool) => wanted?.includes(tool.name) ?? true);
  }
}
