import type { AgentHandle, ReviewerHandle } from '@mailwarden/core';
import { type StdioServerHandle, serveStdio } from '@modelcontextprotocol/server/stdio';
import { createEmailMcpServer, type EmailMcpServerOptions } from './create-email-mcp-server.ts';

/**
 * Serves the tools of one handle on this process's stdin and stdout, to clients of the 2026 and the
 * 2025 protocol. Write nothing else to stdout. Returns at once; close the result to end.
 *
 * @example
 * ```ts
 * import type { Mailwarden } from '@mailwarden/core';
 * import { serveEmailStdio } from '@mailwarden/mcp';
 *
 * export const serve = (warden: Mailwarden) =>
 *   serveEmailStdio(warden.agent('desktop', { mailboxes: ['support@acme.example'] }));
 * ```
 */
export function serveEmailStdio(
  handle: AgentHandle | ReviewerHandle,
  options: EmailMcpServerOptions = {},
): StdioServerHandle {
  return serveStdio(() => createEmailMcpServer(handle, options));
}
