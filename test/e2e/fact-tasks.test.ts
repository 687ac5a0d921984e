import type { ConsentInput } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld } from '../support/warden-world.ts';

const DAY = 86_400_000;
const SOURCE = 'newsletter.csv';
const PEOPLE = ['ana@example.com', 'ben@example.com'];

describe.each(databases)('tasks on $name', ({ open }) => {
  let world: WardenWorld;
  let sent = 0;
  afterEach(() => world.close());

  const start = async () => {
    world = await openWorld(open);
    const system = world.warden.system();
    for (const address of PEOPLE)
      await system.setContact(address, { source: SOURCE, country: 'AT' });
    return system;
  };
  const send = async (topic: string) => {
    sent += 1;
    return await world
      .agent()
      .send({ to: PEOPLE, subject: `News ${sent}`, body: `Item ${sent}.`, topic });
  };
  const answer = async (consent: Partial<ConsentInput>) => {
    const [task, ...others] = await world.warden.system().tasks();
    expect(task).toMatchObject({ source: SOURCE, fact: 'consent', waiting: 2 });
    expect(others).toEqual([]);
    await world.warden.system().answerTask(task?.id ?? '', {
      consent: {
        ...{ basis: 'double_opt_in', evidence: { method: 'web form' }, wordingVersion: 'signup-3' },
        ...consent,
      },
    });
    await world.warden.tick();
    return task?.id;
  };
  const received = () => {
    const written = world.sink.messages.map(({ envelope }) => envelope.rcptTo.join()).sort();
    world.sink.clear();
    return written;
  };

  it('are questions of their own each time: another topic is answered for itself', async () => {
    await start();
    await send('tips');
    const first = await answer({ topics: ['tips'] });
    expect(received()).toEqual(PEOPLE);
    await send('offers');
    const second = await answer({ topics: ['offers'] });
    expect(received()).toEqual(PEOPLE);
    expect(second).not.toBe(first);
    expect(await world.warden.system().tasks()).toEqual([]);
    await expect(
      world.warden.system().answerTask(first ?? '', { consent: { basis: 'express' } as never }),
    ).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
  });

  it('are asked again when what was agreed to has expired', async () => {
    const system = await start();
    for (const address of PEOPLE) {
      await system.setContact(address, {
        ...{ source: SOURCE, country: 'AT' },
        provenance: { how: 'form', collectedAt: world.clock.now - DAY },
      });
    }
    await send('tips');
    await answer({ expiresAt: world.clock.now + 10 * DAY });
    expect(received()).toEqual(PEOPLE);
    world.clock.now += 20 * DAY;
    await send('tips');
    await answer({ obtainedAt: world.clock.now - DAY });
    expect(received()).toEqual(PEOPLE);
  });
});
