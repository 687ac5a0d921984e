import type { Inbox } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const NEVER = 3_600_000;

let world: WardenWorld;
afterEach(() => world.close());

describe.each(databases)('a worker that polls once an hour, on $name', ({ open }) => {
  it('sends at once what its own process enqueues', async () => {
    world = await openWorld(open, { dispatch: { pollInterval: NEVER } });
    await world.warden.start();
    await world.agent().send({ to: 'ana@example.com', subject: 'Hello', body: 'Hello' });
    expect(await world.sink.waitFor(1)).toHaveLength(1);
  });

  it('leaves the inboxes to others when it only sends', async () => {
    const asked = Promise.withResolvers<string>();
    const inbox: Inbox = {
      pollInterval: NEVER,
      sync: async () => {
        asked.resolve('asked');
        return 0;
      },
      close: () => Promise.resolve(),
    };
    world = await openWorld(open, { inbox });
    await world.warden.startWorker();
    await world.agent().send({ to: 'ana@example.com', subject: 'Hello', body: 'Hello' });
    await world.sink.waitFor(1);
    expect(await Promise.race([asked.promise, Promise.resolve('not asked')])).toBe('not asked');
    await world.warden.start();
    expect(await asked.promise).toBe('asked');
  });
});

const local = databases.filter(({ name }) => name === 'sqlite');

describe.each(local)('a pass on $name', ({ open }) => {
  it('sends what is due though an inbox hangs', async () => {
    const inbox: Inbox = {
      pollInterval: NEVER,
      sync: ({ signal }) =>
        new Promise((resolve) => signal?.addEventListener('abort', () => resolve(0))),
      close: () => Promise.resolve(),
    };
    world = await openWorld(open, { inbox });
    await world.agent().send({ to: 'ana@example.com', subject: 'Hello', body: 'Hello' });
    expect(await world.warden.tick({ maxMs: 6_000 })).toEqual({ claimed: 1, received: 0 });
    expect(world.sink.messages).toHaveLength(1);
  });
});

const shared = databases.filter(({ name }) => name === 'postgres');

describe.each(shared)('workers that poll once an hour, on $name', ({ open }) => {
  it('send at once what another process enqueues', async () => {
    world = await openWorld(open, { dispatch: { pollInterval: NEVER } });
    const elsewhere = await world.another();
    await elsewhere.start();
    const bot = world.warden.agent('bot', { mailboxes: [MARKETING] });
    for (const to of ['ana@example.com', 'ben@example.com', 'eva@example.com']) {
      const count = world.sink.messages.length;
      await bot.send({ to, subject: 'Hello', body: 'Hello' });
      expect(await world.sink.waitFor(count + 1)).toHaveLength(count + 1);
    }
  });
});
