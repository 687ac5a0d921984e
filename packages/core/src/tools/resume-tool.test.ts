import { describe, expect, it } from 'vitest';
import type { DeliveryState } from '../deliveries/delivery-state.ts';
import type { OutcomeStatus } from '../operations/outcome.ts';
import { resumeTool } from './resume-tool.ts';
import { email, memoryAgent } from './testing/memory-handles.ts';

const delivery = (state: DeliveryState) => ({
  id: 'd1',
  recipient: 'ann@example.com',
  state,
  code: 'SOME_CODE',
  reason: 'Because.',
  attempts: 0,
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
    const result = await resumeTool(agent, 'm9');
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
    expect(await resumeTool(agent, 'm9')).toMatchObject({ status: 'held' });
  });

  it('passes on that there is no such message', async () => {
    const { agent } = memoryAgent({
      readEmail: async () => ({ status: 'invalid', code: 'MESSAGE_NOT_FOUND', reason: 'No.' }),
    });
    expect(await resumeTool(agent, 'm9')).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
  });
});
