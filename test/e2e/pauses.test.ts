import type { PauseTarget } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { createKeyRing } from '../../packages/core/src/keys/create-key-ring.ts';
import { databases } from '../support/databases.ts';
import { insertDelivery } from '../support/insert-delivery.ts';
import {
  MARKETING,
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const HOUR = 3_600_000;

describe.each(databases)('a pause on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    return world;
  };
  /** One mail of each agent from each mailbox; two of them belong to a campaign. */
  const everywhere = async (warden = world.warden, body = 'Hello') => {
    const mailboxes = [MARKETING, SUPPORT];
    const [ada, bob] = [warden.agent('ada', { mailboxes }), warden.agent('bob', { mailboxes })];
    const mail = { subject: 'News', body };
    const spring = { ...mail, campaign: 'spring' };
    await ada.send({ ...mail, mailbox: MARKETING, to: 'a@example.com' });
    await bob.send({ ...spring, mailbox: MARKETING, to: 'b@example.com' });
    await ada.send({ ...spring, mailbox: SUPPORT, to: 'c@example.com' });
    await bob.send({ ...mail, mailbox: SUPPORT, to: 'd@example.com' });
  };
  const received = () =>
    world.sink.messages.flatMap(({ envelope }) => envelope.rcptTo.map((to) => to[0]));

  const TARGETS: readonly [PauseTarget, string, readonly string[]][] = [
    [MARKETING, 'MAILBOX_PAUSED', ['c', 'd']],
    [{ mailbox: SUPPORT }, 'MAILBOX_PAUSED', ['a', 'b']],
    [{ campaign: 'spring' }, 'CAMPAIGN_PAUSED', ['a', 'd']],
    [{ agent: 'ada' }, 'AGENT_PAUSED', ['b', 'd']],
    [{ all: 'tenant' }, 'TENANT_PAUSED', []],
    [{ all: 'everything' }, 'EVERYTHING_PAUSED', []],
  ];

  it('stops what it names, survives a restart, and ends', async () => {
    await start();
    let current = world.warden;
    for (const [round, [target, code, others]] of TARGETS.entries()) {
      const before = received().length;
      await everywhere(current, `Hello ${round}`);
      await current.system().pause(target, 'odd bounces');
      if (round === 0) {
        await current.stop();
        current = await world.another();
      }
      await current.tick();
      expect(received().slice(before).sort()).toEqual(others);
      const waiting = (await current.system().deliveries()).filter(({ state }) => state !== 'sent');
      expect(waiting.map((each) => `${each.state} ${each.code}`)).toEqual(
        waiting.map(() => `deferred ${code}`),
      );
      expect(waiting).toHaveLength(4 - others.length);
      // It sleeps: an hour later nobody has looked at it again.
      world.clock.now += HOUR;
      expect(await current.tick()).toMatchObject({ claimed: 0 });
      expect(await current.system().pauses()).toMatchObject([
        { reason: 'odd bounces', by: 'system' },
      ]);
      expect(await current.system().resume(target)).toBe(true);
      expect(await current.system().resume(target)).toBe(false);
      expect(await current.system().pauses()).toEqual([]);
      await current.tick();
      expect(received().slice(before).sort()).toEqual(['a', 'b', 'c', 'd']);
    }
  }, 120_000);

  it('of everything stops other tenants, too, and stands in the audit of each', async () => {
    await start();
    const other = await world.another({ tenant: 'other' });
    const agent = other.agent('bot', { mailboxes: [MARKETING] });
    await agent.send({ to: 'a@example.com', subject: 'News', body: 'Hello' });
    await world.warden.system().pause({ all: 'tenant' }, 'ours only');
    await world.warden.reviewer('rita').resume({ all: 'tenant' });
    await world.warden.system().pause({ all: 'everything' }, 'incident');
    await other.tick();
    expect(received()).toEqual([]);
    await world.warden.system().resume({ all: 'everything' });
    await other.tick();
    expect(received()).toEqual(['a']);
    const types = world.events
      .map(({ type }) => type)
      .filter((type) => /paused|resumed/.test(type));
    expect(types).toContain('everything.paused');
    expect(types).toContain('everything.resumed');
    const lines = [];
    for await (const line of other.system().exportAudit()) lines.push(line);
    expect(lines.join('\n')).toContain('everything.paused');
    expect(lines.join('\n')).not.toContain('tenant.paused');
  });

  it('of two that hold the same mail ends with the second', async () => {
    await start();
    await everywhere();
    const system = world.warden.system();
    await system.pause({ campaign: 'spring' }, 'wrong price');
    await system.pause({ all: 'tenant' }, 'incident');
    await world.warden.tick();
    await system.resume({ all: 'tenant' });
    await world.warden.tick();
    expect(received().sort()).toEqual(['a', 'd']);
    await system.resume({ campaign: 'spring' });
    await world.warden.tick();
    expect(received().sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('whose end was cut short is ended by the next sweep', async () => {
    await start();
    await everywhere();
    await world.warden.system().pause(MARKETING, 'odd bounces');
    await world.warden.tick();
    const storage = await world.database.again().open();
    await storage.unit(async (tx) => {
      await tx.updateTable('pause').set({ resuming: 1 }).execute();
    });
    await storage.close();
    await world.warden.tick();
    await world.warden.tick();
    expect(received().sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(await world.warden.system().pauses()).toEqual([]);
  });

  it('wakes more than one batch', async () => {
    await start();
    const rest = { state: 'deferred', due_at: 2 ** 50 } as const;
    const keys = createKeyRing(
      [{ id: 'k1', secret: 'a secret that only these tests know, 1' }],
      '',
    );
    const storage = await world.database.again().open();
    const code = 'AGENT_PAUSED';
    await world.warden.system().pause({ agent: 'bot' }, 'too many');
    for (let at = 0; at < 501; at += 100) {
      await Promise.all(
        Array.from({ length: Math.min(100, 501 - at) }, () =>
          insertDelivery(storage, {
            ...{ recipient: 'a@example.com', keys, delivery: { ...rest, reason_code: code } },
          }),
        ),
      );
    }
    await world.warden.system().resume({ agent: 'bot' });
    const due = await storage.db
      .selectFrom('delivery')
      .select('id')
      .where('due_at', '<=', world.clock.now)
      .execute();
    expect(due).toHaveLength(501);
    await storage.close();
  });

  it('P3: is in the hands of people and the application, each as far as they see', async () => {
    await start();
    const one = world.warden.reviewer('rita', { mailboxes: [MARKETING] });
    await one.pause(MARKETING, 'a look first');
    for (const target of [
      { agent: 'bot' },
      { campaign: 'spring' },
      { all: 'tenant' },
      { all: 'everything' },
    ] as const) {
      await expect(one.pause(target, 'x')).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
      await expect(one.resume(target)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    }
    await expect(one.resume(SUPPORT)).rejects.toMatchObject({ code: 'MAILBOX_UNKNOWN' });
    const all = world.warden.reviewer('rita');
    await expect(all.pause({ all: 'everything' }, 'x')).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    expect(await all.pauses()).toMatchObject([
      { scope: 'mailbox', subject: MARKETING, by: 'reviewer:rita', reason: 'a look first' },
    ]);
    expect(Object.keys(world.agent()).filter((name) => /pause|resume/i.test(name))).toEqual([]);
  });

  it('is refused for what it does not know', async () => {
    await start();
    for (const [target, code] of [
      [{}, 'MAILBOX_REQUIRED'],
      [{ agent: '' }, 'ARGUMENT_INVALID'],
      [{ campaign: 'a', agent: 'b' }, 'ARGUMENT_INVALID'],
      [{ all: 'tenants' }, 'ARGUMENT_INVALID'],
      [{ topic: 'news' }, 'ARGUMENT_UNKNOWN'],
      ['nobody@acme.example', 'MAILBOX_UNKNOWN'],
      [null, 'MAILBOX_REQUIRED'],
    ] as const) {
      const call = world.warden.system().pause(target as unknown as PauseTarget, 'x');
      await expect(call).rejects.toMatchObject({ code });
    }
    expect(await world.warden.system().pauses()).toEqual([]);
  });
});
