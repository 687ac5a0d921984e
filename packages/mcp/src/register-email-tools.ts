import {
  type AgentHandle,
  listTools,
  type ReviewerHandle,
  runTool,
  type ToolName,
  toStandardSchema,
} from '@mailwarden/core';
import type { McpServer } from '@modelcontextprotocol/server';
import { toAnnotations } from './to-annotations.ts';
import { toCallToolResult } from './to-call-tool-result.ts';

export interface EmailMcpOptions {
  /** @default all tools of the handle */
  readonly only?: readonly ToolName[];
  /**
   * Add the result's data as `structuredContent`, for clients that are programs. Text from outside
   * is not fenced in it, and some hosts show a model nothing else: leave it off for models.
   *
   * @default false
   */
  readonly structured?: boolean;
}

/**
 * Adds the tools of a handle to an MCP server of your own. Agent and reviewer belong on separate
 * servers: the handle decides what a server offers, and a client that can send must not be able
 * to approve. MCP has no id that names a call across retries: give `idempotency_key`s, or rely on
 * the ten minutes in which the same content to the same person counts as a duplicate.
 *
 * Throws `NOT_PERMITTED` for a handle that no warden made.
 */
export function registerEmailTools(
  server: McpServer,
  handle: AgentHandle | ReviewerHandle,
  { only, structured = false }: EmailMcpOptions = {},
): void {
  const wanted: readonly string[] | undefined = only;
  for (const row of listTools(handle)) {
    if (wanted?.includes(row.name) === false) continue;
    server.registerTool(
      row.name,
      {
        title: row.title,
        description: row.description,
        inputSchema: toStandardSchema(row),
        annotations: toAnnotations(row.title, row.effect),
      },
      async (args, { mcpReq }) =>
        toCallToolResult(
          await runTool(handle, row.name, args, { signal: mcpReq.signal }),
          structured,
        ),
    );
  }
}
