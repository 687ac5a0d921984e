import { isStepCount, streamText, ToolLoopAgent } from 'ai';
import { convertArrayToReadableStream, MockLanguageModelV4 } from 'ai/test';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../../../test/support/databases.ts';
import { openWorld, type WardenWorld } from '../../../test/support/warden-world.ts';
import { emailApproval } from './email-approval.ts';
import { emailTools } from './email-tools.ts';
import { type ScriptedCall, scriptedModel } from './testing/scripted-models.ts';

const SEND: ScriptedCall = {
  id: 'call-1',
  name: 'send_email',
  args: { to: ['ana@example.com'], subject: 'We miss you', body: 'Come back, Ana.' },
};

const USAGE = {
  inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: 1, reasoning: undefined },
};

/** Streams one call, then nothing more. */
function streamingModel({ id: toolCallId, name: toolName, args }: ScriptedCall) {
  const finish = (unified: 'stop' | 'tool-calls') =>
    ({ type: 'finish', finishReason: { unified, raw: undefined }, usage: USAGE }) as const;
  const call = { type: 'tool-call', toolCallId, toolName, input: JSON.stringify(args) } as const;
  return new MockLanguageModelV4({
    doStream: [
      { stream: convertArrayToReadableStream([call, finish('tool-calls')]) },
      { stream: convertArrayToReadableStream([finish('stop')]) },
    ],
  });
}

describe('on a real warden and SMTP server', () => {
  let world: WardenWorld;
  beforeEach(async () => {
    const [sqlite] = databases;
    if (sqlite === undefined) throw new Error('no database to test on');
    world = await openWorld(sqlite.open, { mailbox: { oversight: 'gated_send' } });
  });
  afterEach(() => world.close());

  const sent = async () => {
    await world.warden.tick();
    return world.sink.messages.length;
  };
  const approve = async () => {
    const reviewer = world.warden.reviewer('ops');
    const [held] = (await reviewer.listPending()).messages;
    await reviewer.decide(held?.id ?? '', 'approve');
  };

  it('holds and goes on in streamText, and sends when a person approves', async () => {
    const model = streamingModel(SEND);
    const result = streamText({
      model,
      tools: emailTools(world.agent()),
      prompt: 'go',
      stopWhen: isStepCount(3),
    });
    await result.consumeStream();
    expect(model.doStreamCalls[1]?.prompt.at(-1)).toMatchObject({
      content: [{ output: { type: 'text', value: expect.stringMatching(/^held/) } }],
    });
    expect(await sent()).toBe(0);
    await approve();
    expect(await sent()).toBe(1);
  });

  it('pauses a stream with the id of the message when it is to ask', async () => {
    const result = streamText({
      model: streamingModel(SEND),
      tools: emailTools(world.agent()),
      toolApproval: emailApproval(world.agent(), { ask: true }),
      prompt: 'go',
      stopWhen: isStepCount(3),
    });
    const reasons: unknown[] = [];
    for await (const part of result.stream) {
      if (part.type === 'tool-approval-request') reasons.push(JSON.parse(part.reason ?? '{}'));
    }
    expect(reasons).toMatchObject([{ message_id: expect.any(String), code: 'REVIEW_REQUIRED' }]);
    expect(await sent()).toBe(0);
    await approve();
    expect(await sent()).toBe(1);
  });

  it('runs in a ToolLoopAgent, whose next run with the same call sends nothing more', async () => {
    const agent = new ToolLoopAgent({
      model: scriptedModel([SEND], [], [SEND]),
      tools: emailTools(world.agent('winback', { run: 'r-1' })),
      stopWhen: isStepCount(2),
    });
    await agent.generate({ prompt: 'go' });
    await approve();
    await agent.generate({ prompt: 'again' });
    expect(await sent()).toBe(1);
  });
});
