import { type BounceReporter, type MailboxOptions, MailwardenError } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { createMovingInbox } from '../support/moving-inbox.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';
import { startAmazon, webhookOptions } from '../support/webhook-signatures.ts';

const DAY = 86_400_000;

describe.each(databases)('who reports bounces, on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  async function start(
    bounces: BounceReporter | undefined,
    more: WorldOptions = {},
    mailbox: Partial<MailboxOptions> = {},
  ): Promise<void> {
    world = await openWorld(open, {
      mailbox: { ...mailbox, bounces } as Partial<MailboxOptions>,
      budgets: { sendsPerRun: 1_000, sendsPerDay: 1_000, firstContactsPerDay: 1_000 },
      ...more,
    });
  }
  const people = (count: number, from = 0) =>
    Array.from({ length: count }, (_, n) => `p${from + n}@customer.example`);
  const tell = async (to: readonly string[]) => {
    const { messages } = await world.agent().send({ to: [...to], subject: 'News', body: 'Hello' });
    return messages.map(({ status, code }) => (status === 'queued' ? status : code));
  };
  const isAll = async (to: readonly string[]) => new Set(await tell(to));
  const QUEUED = new Set(['queued']);
  const HELD = new Set(['BOUNCES_NOT_OBSERVED']);
  /** As much as goes out in a day, and what becomes of two more. */
  async function fill(): Promise<ReadonlySet<string | undefined>> {
    expect(await isAll(people(50))).toEqual(QUEUED);
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(50);
    return isAll(people(2, 50));
  }

  it('nobody: 50 go out in a day, the rest waits and goes by itself the next', async () => {
    await start('none');
    expect(await fill()).toEqual(HELD);
    world.clock.now += DAY / 2;
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(50);
    expect(await tell(['late@customer.example'])).toEqual(['BOUNCES_NOT_OBSERVED']);
    world.clock.now += DAY / 2;
    await world.warden.tick();
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(53);
  });

  it('P7: what was queued by sends that know nothing of each other is held at the claim', async () => {
    await start('none');
    for (const at of [0, 30]) expect(await isAll(people(30, at))).toEqual(QUEUED);
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(50);
    const { held, sent } = await world.warden.system().accounting();
    expect({ held, sent }).toEqual({ held: 10, sent: 50 });
  });

  it('a mailbox that is not read and says nothing counts as one that nobody hears of', async () => {
    await start(undefined);
    expect(await fill()).toEqual(HELD);
  });

  it('a mailbox that is read reports them by itself', async () => {
    await start(undefined, {}, { inbox: createMovingInbox() });
    expect(await fill()).toEqual(QUEUED);
  });

  it('a provider does when its webhook is set up, and a start without is refused', async () => {
    await start({ webhook: 'ses' }, { webhooks: webhookOptions(startAmazon()) });
    expect(await fill()).toEqual(QUEUED);
    await expect(world.another({ webhooks: {} })).rejects.toThrow(MailwardenError);
  });
});
