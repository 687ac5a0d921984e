import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { fakeModel } from '@langchain/core/testing';
import { convertToOpenAITool } from '@langchain/core/utils/function_calling';
import { createAgent } from 'langchain';
import { describe, expect, it } from 'vitest';
import { memoryAgent, memoryReviewer } from '../../core/src/tools/testing/memory-handles.ts';
import { EmailToolkit } from './email-toolkit.ts';

const call = (args: Record<string, unknown>, name = 'send_email') => ({
  name,
  args,
  id: 'c1',
  type: 'tool_call' as const,
});

async function runAgent(toolkit: EmailToolkit, args: Record<string, unknown>, name?: string) {
  const { id, ...rest } = call(args, name);
  const model = fakeModel()
    .respondWithTools([{ ...rest, id }])
    .respond(new AIMessage('done'));
  const agent = createAgent({ model, tools: toolkit.getTools() });
  const { messages } = await agent.invoke({ messages: [new HumanMessage('go')] });
  const answer = messages.find((message) => ToolMessage.isInstance(message));
  if (answer === undefined) throw new Error('no tool message');
  return { answer, model };
}

describe('EmailToolkit', () => {
  it('gives the tools of the handle, or those named', () => {
    const toolkit = new EmailToolkit(memoryAgent().agent);
    expect(toolkit.getTools()).toHaveLength(11);
    expect(toolkit.getTools(['send_email']).map((tool) => tool.name)).toEqual(['send_email']);
    const reviewer = new EmailToolkit(memoryReviewer().reviewer);
    expect(reviewer.getTools().map((tool) => tool.name)).toEqual([
      'list_pending',
      'review_email',
      'decide_email',
    ]);
  });

  it('puts plain JSON Schema on the wire', () => {
    const [tool] = new EmailToolkit(memoryAgent().agent).getTools(['send_email']);
    if (tool === undefined) throw new Error('no tool');
    const wire = convertToOpenAITool(tool);
    expect(wire.function.parameters).toMatchObject({ type: 'object', required: ['to'] });
    expect(JSON.stringify(wire)).not.toMatch(/~standard|\$schema|"pattern"|"format"/);
  });

  it('runs in createAgent and answers with text, artifact and status', async () => {
    const { agent, calls } = memoryAgent();
    const { answer } = await runAgent(new EmailToolkit(agent), {
      to: 'ann@example.com',
      body: 'Hi',
      cc: null,
      headers: { 'X-Campaign-ID': 'spring' },
    });
    expect(calls).toEqual([
      {
        operation: 'send',
        input: { to: ['ann@example.com'], body: 'Hi', headers: ['X-Campaign-ID: spring'] },
        call: { callId: 'c1' },
      },
    ]);
    expect(answer).toMatchObject({ status: 'success', tool_call_id: 'c1', name: 'send_email' });
    expect(answer.content).toContain('queued (QUEUED).');
    expect(answer.artifact).toMatchObject({ status: 'queued', message_id: 'm1' });
  });

  it('answers a block with an error message that does not ask to try again', async () => {
    const { agent } = memoryAgent({
      send: async () => ({
        status: 'blocked',
        code: 'SUPPRESSED',
        reason: 'They unsubscribed.',
        messages: [],
      }),
    });
    const { answer } = await runAgent(new EmailToolkit(agent), { to: 'ann@example.com' });
    expect(answer).toMatchObject({
      status: 'error',
      content: 'blocked (SUPPRESSED). They unsubscribed.',
      artifact: { code: 'SUPPRESSED' },
    });
  });

  it.each([
    ['unknown', { to: 'ann@example.com', priority: 'high' }, 'ARGUMENT_UNKNOWN'],
    ['wrong', { to: 42 }, 'ARGUMENT_INVALID'],
    ['missing', {}, 'ARGUMENT_INVALID'],
  ])('answers %s arguments in a sentence, without a stack', async (_kind, args, code) => {
    const { agent, calls } = memoryAgent();
    const { answer } = await runAgent(new EmailToolkit(agent), args);
    expect(answer.status).toBe('error');
    expect(answer.content).toContain(`invalid (${code})`);
    expect(answer.content).not.toMatch(/\.ts|\.js|node_modules|at \w+ \(|fix your mistakes/i);
    expect(calls).toEqual([]);
  });

  it('answers an unexpected error without its details', async () => {
    const { agent } = memoryAgent({
      send: async () => {
        throw new Error('at /srv/app/secret.js');
      },
    });
    const { answer } = await runAgent(new EmailToolkit(agent), { to: 'ann@example.com' });
    expect(answer.status).toBe('error');
    expect(answer.content).toContain('unavailable (INTERNAL)');
    expect(answer.content).not.toContain('/srv');
  });

  it('does not send for a run that was aborted', async () => {
    const { agent, calls } = memoryAgent();
    const [tool] = new EmailToolkit(agent).getTools(['send_email']);
    const answer: unknown = await tool?.invoke(call({ to: 'ann@example.com' }), {
      signal: AbortSignal.abort(),
    });
    expect(answer).toMatchObject({ artifact: { code: 'CALL_ABORTED' } });
    expect(calls).toEqual([]);
  });

  it('answers with text when it is invoked without a call', async () => {
    const [tool] = new EmailToolkit(memoryAgent().agent).getTools(['send_email']);
    expect(await tool?.invoke({ to: 'ann@example.com' })).toContain('queued (QUEUED).');
    expect(await tool?.invoke({})).toContain('invalid (ARGUMENT_INVALID)');
  });

  it('tells tracers about sloppy arguments as it does about neat ones', async () => {
    const [tool] = new EmailToolkit(memoryAgent().agent).getTools(['send_email']);
    const seen: unknown[] = [];
    await tool?.invoke(call({ to: 'ann@example.com', cc: null }), {
      callbacks: [{ handleToolStart: (_tool, input) => void seen.push(input) }],
    });
    expect(seen).toEqual(['{"to":["ann@example.com"]}']);
  });

  it('has a list of tools to bind to a model', () => {
    const tools = new EmailToolkit(memoryAgent().agent).getTools();
    expect(fakeModel().bindTools(tools)).toBeDefined();
  });
});
