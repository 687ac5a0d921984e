import type { AgentHandle, ReviewerHandle } from '@mailwarden/core';
import { McpServer } from '@modelcontextprotocol/server';
import { type EmailMcpOptions, registerEmailTools } from './register-email-tools.ts';

export interface EmailMcpServerOptions extends EmailMcpOptions {
  /** @default 'mailwarden' */
  readonly name?: string;
  /** @default '0.0.0' */
  readonly version?: string;
}

/**
 * An MCP server with the tools of one handle; connect it to a transport, or return it from the
 * factory of `createMcpHandler` or `serveStdio`.
 *
 * @example
 * ```ts
 * import type { AgentHandle } from '@mailwarden/core';
 * import { createEmailMcpServer } from '@mailwarden/mcp';
 * import { createMcpHandler } from '@modelcontextprotocol/server';
 *
 * export const handler = (agent: AgentHandle) =>
 *   createMcpHandler(() => createEmailMcpServer(agent, { name: 'acme-mail' }));
 * ```
 */
export function createEmailMcpServer(
  handle: AgentHandle | ReviewerHandle,
  { name = 'mailwarden', version = '0.0.0', ...options }: EmailMcpServerOptions = {},
): McpServer {
  const server = new McpServer({ name, version }, { capabilities: { tools: {} } });
  registerEmailTools(server, handle, options);
  return server;
}
