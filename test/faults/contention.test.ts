import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const LANES = 10;
const ROUNDS = 5;

describe.each(databases)('three processes that do everything at once on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  it('lock in one order: nobody is turned away, and everything adds up', async () => {
    world = await openWorld(open, {
      internalDomains: ['people.example'],
      budgets: { sendsPerRun: 10_000, sendsPerDay: 10_000, firstContactsPerDay: 10_000 },
      dispatch: { pollInterval: 5 },
      mailbox: {
        oversight: { default: 'gated_send', conversational: 'autonomous' },
        dailyLimit: 10_000,
      },
    });
    const wardens = [world.warden, await world.another(), await world.another()] as const;
    await Promise.all(wardens.map((warden) => warden.start()));
    const at = (index: number) => wardens[index % 3] ?? world.warden;
    const bot = (index: number) => at(index).agent('bot', { mailboxes: [MARKETING] });
    const colleagues = (index: number) =>
      [0, 3, 1, 5].map((step) => `c${(index + step) % 8}@people.example`);

    const lane = async (index: number): Promise<void> => {
      for (let round = index; round < index + ROUNDS; round += 1) {
        const text = `Text ${index}-${round}`;
        const to = `p${(index + round) % 10}@example.com`;
        const shared = await bot(round).send({
          ...{ to: colleagues(round * 5 + index), subject: 'Minutes', body: text },
        });
        expect(shared.status).toBe('queued');
        const held = await bot(round).send({ to, subject: 'News', body: text });
        expect(held.status).toBe('held');
        const messageId = held.messageId ?? '';
        const answers = await Promise.allSettled([
          at(round).reviewer('ops').decide(messageId, 'approve'),
          bot(round + 1).cancel({ messageId }),
          bot(round + 2).send({ to, subject: 'News', body: `${text}, better`, revises: messageId }),
          at(round + 1)
            .system()
            .pause(MARKETING, 'test')
            .then(() =>
              at(round + 2)
                .system()
                .resume(MARKETING),
            ),
        ]);
        for (const answer of answers) {
          if (answer.status === 'rejected') expect(answer.reason.code).toBe('NOT_PENDING');
          else expect(answer.value).not.toMatchObject({ status: 'unavailable' });
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, (_, index) => lane(index)));
    await world.warden.system().resume(MARKETING);
    world.clock.now += 61_000;

    await expect
      .poll(() => world.warden.system().accounting(), { timeout: 20_000 })
      .toMatchObject({ pending: 0, deferred: 0 });
    expect(world.errors).toEqual([]);
    const { candidates, ...buckets } = await world.warden.system().accounting();
    expect(Object.values(buckets).reduce((sum, count) => sum + count, 0)).toBe(candidates);
    const received = world.sink.messages.flatMap((mail) => mail.envelope.rcptTo).length;
    expect(received).toBe(buckets.sent);
    const shared = world.sink.messages.filter((mail) => mail.envelope.rcptTo.length > 1);
    expect(shared.length).toBe(LANES * ROUNDS);
    for (const mail of shared) expect(mail.envelope.rcptTo.length).toBe(4);
  }, 180_000);
});
