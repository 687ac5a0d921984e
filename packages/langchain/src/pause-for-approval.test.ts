import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { fakeModel } from '@langchain/core/testing';
import { Command, MemorySaver } from '@langchain/langgraph';
import { createAgent } from 'langchain';
import { describe, expect, it } from 'vitest';
import { email, memoryAgent } from '../../core/src/tools/testing/memory-handles.ts';
import { EmailToolkit } from './email-toolkit.ts';
import type { EmailInterrupt } from './pause-for-approval.ts';

type State = 'held' | 'queued' | 'rejected';

/** An agent handle whose sends are held, one message per recipient, until the test decides. */
function heldAgent() {
  const states = new Map<string, State>();
  const { agent, calls } = memoryAgent({
    send: async (input) => {
      const to = String(input.to);
      const known = states.has(to);
      if (!known) states.set(to, 'held');
      const result = {
        status: known ? ('duplicate' as const) : ('held' as const),
        code: known ? 'DUPLICATE' : 'REVIEW',
        reason: 'A person decides.',
        messageId: to,
        to: [to],
      };
      return { ...result, messages: [result] };
    },
    readEmail: async ({ messageId }) => ({
      status: 'ok',
      ...email({
        id: messageId,
        to: [messageId],
        deliveries: [
          {
            id: 'd1',
            recipient: messageId,
            state: states.get(messageId) ?? 'held',
            code: 'CODE',
            reason: 'Too pushy.',
            attempts: 0,
          },
        ],
      }),
    }),
  });
  return { agent, calls, states };
}

const tools = (...names: readonly string[]) =>
  names.map((name) => ({
    name: 'send_email',
    args: { to: [`${name}@example.com`], body: 'Hi' },
    id: `call-${name}`,
  }));

interface Interrupted {
  readonly __interrupt__?: readonly { readonly id: string; readonly value: EmailInterrupt }[];
  readonly messages: readonly unknown[];
}

const answersOf = ({ messages }: Interrupted) =>
  messages.filter((message) => ToolMessage.isInstance(message));

describe('approval: interrupt', () => {
  it('pauses with a request that review interfaces show, and the id of the message', async () => {
    const { agent, states } = heldAgent();
    const model = fakeModel().respondWithTools(tools('ann')).respond(new AIMessage('done'));
    const graph = createAgent({
      model,
      tools: new EmailToolkit(agent, { approval: 'interrupt' }).getTools(),
      checkpointer: new MemorySaver(),
    });
    const config = { configurable: { thread_id: 't1' } };
    const paused = (await graph.invoke(
      { messages: [new HumanMessage('go')] },
      config,
    )) as Interrupted;
    expect(paused.__interrupt__?.[0]?.value).toEqual({
      actionRequests: [
        {
          name: 'send_email',
          args: { to: ['ann@example.com'], body: 'Hi' },
          description: expect.stringContaining('held (REVIEW). A person decides.'),
        },
      ],
      reviewConfigs: [{ actionName: 'send_email', allowedDecisions: ['approve', 'reject'] }],
      message_id: 'ann@example.com',
      message_ids: ['ann@example.com'],
    });
    states.set('ann@example.com', 'queued');
    const done = (await graph.invoke(new Command({ resume: {} }), config)) as Interrupted;
    expect(answersOf(done)).toMatchObject([{ status: 'success', artifact: { status: 'queued' } }]);
  });

  it('is not moved by a resume that says approved: the record in core counts', async () => {
    const { agent } = heldAgent();
    const model = fakeModel().respondWithTools(tools('ann')).respond(new AIMessage('done'));
    const graph = createAgent({
      model,
      tools: new EmailToolkit(agent, { approval: 'interrupt' }).getTools(),
      checkpointer: new MemorySaver(),
    });
    const config = { configurable: { thread_id: 't1' } };
    await graph.invoke({ messages: [new HumanMessage('go')] }, config);
    const done = (await graph.invoke(
      new Command({ resume: { decisions: [{ type: 'approve' }] } }),
      config,
    )) as Interrupted;
    expect(answersOf(done)).toMatchObject([{ artifact: { status: 'held' } }]);
  });

  it('decides on parallel calls one by one: none is dropped with its sibling', async () => {
    const { agent, states } = heldAgent();
    const model = fakeModel()
      .respondWithTools(tools('ann', 'bob', 'cyd'))
      .respond(new AIMessage('done'));
    const graph = createAgent({
      model,
      tools: new EmailToolkit(agent, { approval: 'interrupt' }).getTools(),
      checkpointer: new MemorySaver(),
    });
    const config = { configurable: { thread_id: 't1' } };
    const paused = (await graph.invoke(
      { messages: [new HumanMessage('go')] },
      config,
    )) as Interrupted;
    const requests = paused.__interrupt__ ?? [];
    expect(requests.map(({ value }) => value.message_id)).toEqual([
      'ann@example.com',
      'bob@example.com',
      'cyd@example.com',
    ]);
    states.set('ann@example.com', 'queued');
    states.set('bob@example.com', 'rejected');
    const [ann, bob, cyd] = requests.map(({ id }) => id);
    const still = (await graph.invoke(
      new Command({ resume: { [String(ann)]: 'ok', [String(bob)]: 'no' } }),
      config,
    )) as Interrupted;
    expect(still.__interrupt__?.map(({ id }) => id)).toEqual([cyd]);
    states.set('cyd@example.com', 'queued');
    const done = (await graph.invoke(
      new Command({ resume: { [String(cyd)]: 'ok' } }),
      config,
    )) as Interrupted;
    expect(answersOf(done).map((answer) => [answer.status, answer.artifact.status])).toEqual([
      ['success', 'queued'],
      ['error', 'blocked'],
      ['success', 'queued'],
    ]);
  });

  it('holds and goes on when the graph has no checkpointer', async () => {
    const { agent } = heldAgent();
    const model = fakeModel().respondWithTools(tools('ann')).respond(new AIMessage('done'));
    const graph = createAgent({
      model,
      tools: new EmailToolkit(agent, { approval: 'interrupt' }).getTools(),
    });
    const done = (await graph.invoke({ messages: [new HumanMessage('go')] })) as Interrupted;
    expect(answersOf(done)).toMatchObject([{ status: 'success', artifact: { status: 'held' } }]);
  });

  it('never pauses unless asked to', async () => {
    const { agent } = heldAgent();
    const model = fakeModel().respondWithTools(tools('ann')).respond(new AIMessage('done'));
    const graph = createAgent({
      model,
      tools: new EmailToolkit(agent).getTools(),
      checkpointer: new MemorySaver(),
    });
    const done = (await graph.invoke(
      { messages: [new HumanMessage('go')] },
      { configurable: { thread_id: 't1' } },
    )) as Interrupted;
    expect(done.__interrupt__).toBeUndefined();
    expect(answersOf(done)).toMatchObject([{ artifact: { status: 'held' } }]);
  });
});
