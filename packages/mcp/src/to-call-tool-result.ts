import type { ToolResult } from '@mailwarden/core';
import type { CallToolResult } from '@modelcontextprotocol/server';

/**
 * A result for an MCP client. Only text, unless asked for more: hosts disagree about
 * `structuredContent` (one gives the model nothing else, another appends it to the text), and
 * there is no output schema, because a mismatch is reported as an error after the mail has left.
 */
export function toCallToolResult(result: ToolResult, structured: boolean): CallToolResult {
  const { status, text, data } = result;
  const isError = status === 'blocked' || status === 'invalid' || status === 'unavailable';
  return {
    content: [{ type: 'text', text }],
    ...(isError ? { isError } : {}),
    ...(structured ? { structuredContent: { ...data } } : {}),
  };
}
