import { generateText, type InferToolInput, isStepCount, type ToolSet } from 'ai';
import { generateText as generateTextV6, stepCountIs, type ToolSet as ToolSetV6 } from 'ai6';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { memoryAgent, memoryReviewer } from '../../core/src/tools/testing/memory-handles.ts';
import { emailTools } from './email-tools.ts';
import { scriptedModel, scriptedModelV6 } from './testing/scripted-models.ts';

const send = { id: 'c1', name: 'send_email', args: { to: 'ann@example.com', body: 'Hi' } };

describe('emailTools', () => {
  it('is a tool set of ai 7 and of ai 6, with literal names and typed inputs', () => {
    const tools = emailTools(memoryAgent().agent);
    expectTypeOf(tools).toExtend<ToolSet>();
    expectTypeOf(tools).toExtend<ToolSetV6>();
    expectTypeOf<InferToolInput<typeof tools.send_email>['to']>().toEqualTypeOf<
      readonly string[]
    >();
    expectTypeOf<InferToolInput<typeof tools.check_inbox>['filter']>().toExtend<
      { readonly unread?: boolean } | undefined
    >();
    expectTypeOf(tools).not.toHaveProperty('decide_email');
    expect(Object.keys(tools)).toHaveLength(11);
  });

  it('gives only the tools that are asked for', () => {
    const tools = emailTools(memoryAgent().agent, { only: ['send_email'] });
    expectTypeOf(tools).not.toHaveProperty('reply_email');
    expect(Object.keys(tools)).toEqual(['send_email']);
  });

  it('gives a reviewer the two tools to review with', () => {
    const tools = emailTools(memoryReviewer().reviewer);
    expectTypeOf(tools).not.toHaveProperty('send_email');
    expect(Object.keys(tools)).toEqual(['list_pending', 'review_email', 'decide_email']);
  });

  it('runs in generateText of ai 7: small schema out, id of the call in, text back', async () => {
    const { agent, calls } = memoryAgent();
    const model = scriptedModel([send]);
    const tools = emailTools(agent);
    await generateText({ model, tools, prompt: 'go', stopWhen: isStepCount(3) });
    expect(calls).toEqual([
      {
        operation: 'send',
        input: { to: ['ann@example.com'], body: 'Hi' },
        call: { callId: 'c1' },
      },
    ]);
    const wire = model.doGenerateCalls[0]?.tools?.[0];
    expect(wire).toMatchObject({
      type: 'function',
      name: 'send_email',
      inputSchema: { type: 'object', required: ['to'], additionalProperties: false },
    });
    expect(JSON.stringify(wire)).not.toMatch(/~standard|\$schema|pattern|format"/);
    expect(model.doGenerateCalls[1]?.prompt.at(-1)).toMatchObject({
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          output: { type: 'text', value: expect.stringContaining('queued (QUEUED).') },
        },
      ],
    });
  });

  it('runs in generateText of ai 6', async () => {
    const { agent, calls } = memoryAgent();
    const model = scriptedModelV6([send]);
    await generateTextV6({
      model,
      tools: emailTools(agent),
      prompt: 'go',
      stopWhen: stepCountIs(3),
    });
    expect(calls).toMatchObject([{ operation: 'send', call: { callId: 'c1' } }]);
    expect(model.doGenerateCalls[1]?.prompt.at(-1)).toMatchObject({
      content: [{ output: { type: 'text', value: expect.stringContaining('message_id: m1') } }],
    });
  });

  it('shows a block as a denied execution in both, and never the data', async () => {
    const blocked = {
      status: 'blocked',
      code: 'SUPPRESSED',
      reason: 'They unsubscribed.',
      messages: [],
    } as const;
    const expected = {
      content: [
        {
          output: {
            type: 'execution-denied',
            reason: 'blocked (SUPPRESSED). They unsubscribed.',
          },
        },
      ],
    };
    const { agent } = memoryAgent({ send: async () => blocked });
    const tools = emailTools(agent);
    const v7 = scriptedModel([send]);
    await generateText({ model: v7, tools, prompt: 'go', stopWhen: isStepCount(3) });
    expect(v7.doGenerateCalls[1]?.prompt.at(-1)).toMatchObject(expected);
    const v6 = scriptedModelV6([send]);
    await generateTextV6({ model: v6, tools, prompt: 'go', stopWhen: stepCountIs(3) });
    expect(v6.doGenerateCalls[1]?.prompt.at(-1)).toMatchObject(expected);
  });

  it('answers wrong arguments in one sentence, where the SDK would echo the whole input', async () => {
    const { agent, calls } = memoryAgent();
    const args = { to: 'ann@example.com', body: 'x'.repeat(50_000), priority: 'high' };
    const model = scriptedModel([{ ...send, args }]);
    const tools = emailTools(agent);
    await generateText({ model, tools, prompt: 'go', stopWhen: isStepCount(3) });
    const answer = JSON.stringify(model.doGenerateCalls[1]?.prompt.at(-1));
    expect(answer).toContain('invalid (ARGUMENT_UNKNOWN)');
    expect(answer).toContain('error-text');
    expect(answer.length).toBeLessThan(1_000);
    expect(calls).toEqual([]);
  });

  it('answers an unexpected error without its details', async () => {
    const { agent } = memoryAgent({
      send: async () => {
        throw new Error('at /srv/app/secret.js');
      },
    });
    const model = scriptedModel([send]);
    await generateText({
      model,
      tools: emailTools(agent),
      prompt: 'go',
      stopWhen: isStepCount(3),
    });
    const answer = JSON.stringify(model.doGenerateCalls[1]?.prompt.at(-1));
    expect(answer).toContain('unavailable (INTERNAL)');
    expect(answer).not.toContain('/srv');
  });

  it('does not send for a run that was aborted', async () => {
    const { agent, calls } = memoryAgent();
    const result = await emailTools(agent).send_email.execute(
      { to: ['ann@example.com'] },
      { toolCallId: 'c1', abortSignal: AbortSignal.abort(), messages: [] },
    );
    expect(result.code).toBe('CALL_ABORTED');
    expect(calls).toEqual([]);
  });
});
