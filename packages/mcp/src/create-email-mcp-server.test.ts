import type { AgentHandle, ReviewerHandle } from '@mailwarden/core';
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport, McpServer } from '@modelcontextprotocol/server';
import { describe, expect, it } from 'vitest';
import { memoryAgent, memoryReviewer } from '../../core/src/tools/testing/memory-handles.ts';
import { createEmailMcpServer, type EmailMcpServerOptions } from './create-email-mcp-server.ts';
import { registerEmailTools } from './register-email-tools.ts';

async function connect(
  handle: AgentHandle | ReviewerHandle,
  options: EmailMcpServerOptions = {},
): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await createEmailMcpServer(handle, options).connect(far);
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(near);
  return client;
}

describe('createEmailMcpServer', () => {
  it('lists the tools of the handle, with all four annotations and no output schema', async () => {
    const client = await connect(memoryAgent().agent);
    const { tools } = await client.listTools();
    expect(tools).toHaveLength(11);
    for (const tool of tools) {
      expect(tool.outputSchema).toBeUndefined();
      expect(tool.annotations).toEqual({
        title: expect.any(String),
        readOnlyHint: expect.any(Boolean),
        destructiveHint: expect.any(Boolean),
        idempotentHint: expect.any(Boolean),
        openWorldHint: expect.any(Boolean),
      });
    }
    const send = tools.find((tool) => tool.name === 'send_email');
    expect(send).toMatchObject({
      annotations: { readOnlyHint: false, destructiveHint: true },
      inputSchema: { type: 'object', required: ['to'], additionalProperties: false },
    });
  });

  it('gives a reviewer a server of its own', async () => {
    const client = await connect(memoryReviewer().reviewer);
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual([
      'list_pending',
      'review_email',
      'decide_email',
    ]);
  });

  it('refuses an agent that decides: the tool is not there', async () => {
    const client = await connect(memoryAgent().agent);
    await expect(
      client.callTool({
        name: 'decide_email',
        arguments: { message_id: 'm1', decision: 'approve' },
      }),
    ).rejects.toThrow(/decide_email/);
  });

  it('takes sloppy arguments and answers with text alone', async () => {
    const { agent, calls } = memoryAgent();
    const client = await connect(agent);
    const result = await client.callTool({
      name: 'send_email',
      arguments: { to: 'ann@example.com', body: 'Hi', cc: null, tags: [] },
    });
    expect(calls).toMatchObject([{ input: { to: ['ann@example.com'], body: 'Hi' } }]);
    expect(result).toEqual({
      content: [{ type: 'text', text: expect.stringContaining('queued (QUEUED).') }],
    });
  });

  it('takes a call without arguments', async () => {
    const client = await connect(memoryAgent().agent);
    expect(await client.callTool({ name: 'check_inbox' })).toMatchObject({
      content: [{ text: '0 messages in all, 0 on this page.' }],
    });
  });

  it('answers a block and wrong arguments as errors, in a sentence', async () => {
    const { agent } = memoryAgent({
      send: async () => ({
        status: 'blocked',
        code: 'SUPPRESSED',
        reason: 'They unsubscribed.',
        messages: [],
      }),
    });
    const client = await connect(agent);
    const blocked = await client.callTool({
      name: 'send_email',
      arguments: { to: ['ann@example.com'] },
    });
    expect(blocked).toEqual({
      isError: true,
      content: [{ type: 'text', text: 'blocked (SUPPRESSED). They unsubscribed.' }],
    });
    const wrong = await client.callTool({ name: 'send_email', arguments: { to: 42 } });
    expect(wrong).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('to must be a list of texts, not 42') }],
    });
  });

  it('answers an unexpected error without its details', async () => {
    const { agent } = memoryAgent({
      send: async () => {
        throw new Error('at /srv/app/secret.js');
      },
    });
    const client = await connect(agent);
    const result = await client.callTool({
      name: 'send_email',
      arguments: { to: ['a@b.example'] },
    });
    expect(JSON.stringify(result)).toContain('unavailable (INTERNAL)');
    expect(JSON.stringify(result)).not.toContain('/srv');
  });

  it('gives the data to a program that asks for it', async () => {
    const client = await connect(memoryAgent().agent, { structured: true });
    expect(
      await client.callTool({ name: 'send_email', arguments: { to: ['ann@example.com'] } }),
    ).toMatchObject({ structuredContent: { status: 'queued', message_id: 'm1' } });
  });
});

describe('registerEmailTools', () => {
  it('adds only the tools that are asked for', async () => {
    const [near, far] = InMemoryTransport.createLinkedPair();
    const server = new McpServer({ name: 'own', version: '1' });
    registerEmailTools(server, memoryAgent().agent, { only: ['check_inbox'] });
    await server.connect(far);
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(near);
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(['check_inbox']);
  });
});
