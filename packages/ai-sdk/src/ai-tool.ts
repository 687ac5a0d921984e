import type { StandardToolSchema, ToolEffect, ToolResult } from '@mailwarden/core';

/** What the AI SDK tells `execute` about the call; ai 6 and 7 agree on this part. */
export interface AiToolCallOptions {
  readonly toolCallId: string;
  readonly abortSignal?: AbortSignal | undefined;
  readonly messages?: readonly unknown[];
}

/** What the model sees of a result: a denial, an error, or text. */
export type AiToolOutput =
  | { type: 'text'; value: string }
  | { type: 'error-text'; value: string }
  | { type: 'execution-denied'; reason: string };

/** An email tool as ai 6 and ai 7 take it, declared structurally: nothing of `ai` is imported. */
export interface AiTool<Input> {
  description: string;
  title: string;
  inputSchema: StandardToolSchema<Input>;
  /** Not sent to the model; ai 7 hands it to approval functions and user interfaces. */
  metadata: { effect: ToolEffect };
  execute: (args: Input, options: AiToolCallOptions) => Promise<ToolResult>;
  toModelOutput: (options: { output: ToolResult }) => AiToolOutput;
}
