import type { SendResult } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const PROCESSES = 4;
const EACH = 10;
const LIMIT = 13;

describe.each(databases)('agents of four processes at once on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  /** Every process sends at the same time, to somebody else each time, from one mailbox each. */
  const sendAll = async (mailboxes: readonly string[], run?: string) => {
    const others = Array.from({ length: PROCESSES - 1 }, () => world.another());
    const wardens = [world.warden, ...(await Promise.all(others))];
    const sends = wardens.flatMap((warden, process) => {
      const mailbox = mailboxes[process % mailboxes.length] ?? '';
      const agent = warden.agent('bot', { mailboxes: [mailbox], ...(run && { run }) });
      return Array.from({ length: EACH }, (_, at) => {
        const to = `p${process}-${at}@example.com`;
        return agent.send({ to, subject: 'News', body: `Text ${process} ${at}` });
      });
    });
    return Promise.all(sends);
  };
  const count = (results: readonly SendResult[], status: string) =>
    results.filter((result) => result.status === status).length;

  it('P7: never take one place more of a mailbox’s day than there are', async () => {
    world = await openWorld(open, { budgets: { sendsPerDay: LIMIT, sendsPerRun: 1_000 } });
    const results = await sendAll([MARKETING]);
    expect(count(results, 'queued')).toBe(LIMIT);
    expect(count(results, 'blocked')).toBe(PROCESSES * EACH - LIMIT);
  });

  it('P7: nor of a run that sends from two mailboxes', async () => {
    world = await openWorld(open, { budgets: { sendsPerRun: LIMIT, sendsPerDay: 1_000 } });
    const results = await sendAll([MARKETING, SUPPORT], 'march');
    expect(count(results, 'queued')).toBe(LIMIT);
    expect(count(results, 'blocked')).toBe(PROCESSES * EACH - LIMIT);
  });
});

describe.each(databases.filter(({ name }) => name === 'postgres'))(
  'a request on $name',
  ({ open }) => {
    let world: WardenWorld;
    afterEach(() => world.close());

    it('waits for no claim of its mailbox', async () => {
      world = await openWorld(open);
      const storage = await world.database.again().open();
      const sent = await storage.unit(async (tx) => {
        // What a claim holds from before it loads its facts until it has committed.
        await tx.selectFrom('mailbox').select('address').forUpdate().execute();
        return await world.agent().send({ to: 'ana@example.com', subject: 'News', body: 'Text' });
      });
      expect(sent.status).toBe('queued');
      await storage.close();
    });
  },
);
