import type { AgentHandle, ReviewerHandle } from '@mailwarden/core';
import type { AdapterAnswer, AdapterCall, AdapterHarness } from '@mailwarden/testing';
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { createEmailMcpServer, type EmailMcpServerOptions } from '../create-email-mcp-server.ts';

/** A client and a server of the MCP SDK as the contract drives them. */
export function createMcpHarness(options: EmailMcpServerOptions = {}): AdapterHarness {
  return {
    supportsCallIds: false,
    tools: (handle) =>
      withClient({ handle, options }, async (client) => {
        const { tools } = await client.listTools();
        return tools.map((tool) => tool.name);
      }),
    run: (handle, calls) =>
      withClient({ handle, options }, (client) =>
        Promise.all(calls.map((call) => callTool(client, call))),
      ),
  };
}

interface Served {
  readonly handle: AgentHandle | ReviewerHandle;
  readonly options: EmailMcpServerOptions;
}

async function withClient<T>(
  { handle, options }: Served,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await createEmailMcpServer(handle, options).connect(far);
  const client = new Client({ name: 'contract', version: '1' });
  await client.connect(near);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** One call; what the protocol refuses, a host shows as a failed call. */
export async function callTool(
  client: Client,
  { name, args }: AdapterCall,
): Promise<AdapterAnswer> {
  try {
    const result = await client.callTool({ name, arguments: args as Record<string, unknown> });
    return {
      shown: result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'),
      failed: result.isError === true,
      ...(result.structuredContent === undefined
        ? {}
        : { data: result.structuredContent as Record<string, unknown> }),
    };
  } catch (error) {
    return { shown: error instanceof Error ? error.message : String(error), failed: true };
  }
}
