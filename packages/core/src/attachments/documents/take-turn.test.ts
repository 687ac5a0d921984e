import { expect, it } from 'vitest';
import { ATTACHMENT_LIMITS } from '../attachment-limits.ts';
import { takeTurn } from './take-turn.ts';

it('refuses who comes when too many wait, and lets the others in one after another', async () => {
  const { processes, waiting } = ATTACHMENT_LIMITS;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let running = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await ended;
    running -= 1;
  };
  const turns = Array.from({ length: processes + waiting }, () => takeTurn(work));
  await expect(takeTurn(work)).rejects.toMatchObject({ code: 'ATTACHMENTS_BUSY' });
  expect(running).toBe(processes);
  end();
  await Promise.all(turns);
  expect(most).toBe(processes);
  await expect(takeTurn(async () => 'free')).resolves.toBe('free');
});

it('gives a place back when the work fails', async () => {
  for (let turn = 0; turn <= ATTACHMENT_LIMITS.processes; turn += 1) {
    await expect(takeTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  }
});
