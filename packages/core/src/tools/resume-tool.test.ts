import { describe, expect, it } from 'vitest';
import type { DeliveryState } from '../deliveries/delivery-state.ts';
import type { OutcomeStatus } from '../operations/outcome.ts';
import { resumeTool } from './resume-tool.ts';
import { email, memoryAgent } from './testing/memory-handles.ts';
import type { ToolResult } from './tool.ts';

const delivery = (state: DeliveryState) => ({
  id: 'd1',
  recipient: 'ann@example.com',
  state,
  code: 'SOME_CODE',
  reason: 'Because.',
  attempts: 0,
});

const earlier = (...ids: readonly string[]): ToolResult => ({
  status: 'held',
  code: 'REVIEW_REQUIRED',
  text: 'held',
  data: {
    messages: ids.map((message_id) => ({ status: 'held', code: 'X', reason: 'Y', message_id })),
  },
});

describe('resumeTool', () => {
  it.each<[DeliveryState, OutcomeStatus]>([
    ['held', 'held'],
    ['queued', 'queued'],
    ['sent', 'queued'],
    ['deferred', 'queued'],
    ['unknown', 'unknown'],
    ['rejected', 'blocked'],
    ['cancelled', 'blocked'],
    ['expired', 'blocked'],
  ])('answers for a %s delivery with %s', async (state, status) => {
    const { agent } = memoryAgent({
      readEmail: async () => ({
        status: 'ok',
        ...email({ direction: 'outbound', deliveries: [delivery(state)] }),
      }),
    });
    const result = await resumeTool(agent, earlier('m9'));
    expect(result).toMatchObject({ status, code: 'SOME_CODE', data: { message_id: 'm9' } });
    expect(result.text).toContain(`It is ${state}. Because.`);
  });

  it('answers held while any recipient is held', async () => {
    const { agent } = memoryAgent({
      readEmail: async () => ({
        status: 'ok',
        ...email({ deliveries: [delivery('sent'), delivery('held')] }),
      }),
    });
    expect(await resumeTool(agent, earlier('m9'))).toMatchObject({ status: 'held' });
  });

  it('passes on that there is no such message', async () => {
    const { agent } = memoryAgent({
      readEmail: async () => ({ status: 'invalid', code: 'MESSAGE_NOT_FOUND', reason: 'No.' }),
    });
    expect(await resumeTool(agent, earlier('m9'))).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
  });

  it('answers for each message of a call that made several', async () => {
    const states: Readonly<Record<string, DeliveryState>> = { m1: 'sent', m2: 'rejected' };
    const { agent } = memoryAgent({
      readEmail: async ({ messageId }) => ({
        status: 'ok',
        ...email({ id: messageId, deliveries: [delivery(states[messageId] ?? 'held')] }),
      }),
    });
    const result = await resumeTool(agent, earlier('m1', 'm2', 'm3'));
    expect(result.data.messages).toMatchObject([
      { message_id: 'm1', status: 'queued' },
      { message_id: 'm2', status: 'blocked' },
      { message_id: 'm3', status: 'held' },
    ]);
    expect(result.text).toContain('3 messages, one per recipient.');
  });

  it('leaves an answer that made no message as it was', async () => {
    const { agent } = memoryAgent();
    const refused = await resumeTool(agent, { ...earlier(), status: 'invalid' });
    expect(refused).toEqual({ ...earlier(), status: 'invalid' });
  });
});
