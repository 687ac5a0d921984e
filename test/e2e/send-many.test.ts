import type { SendEmailInput } from '@mailwarden/core';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import type { StorageFactory } from '../../packages/core/src/storage/database.ts';
import { captureQueries } from '../support/capture-queries.ts';
import { collect } from '../support/collect.ts';
import { databases, type TestDatabase } from '../support/databases.ts';
import { dumpDatabase } from '../support/dump-database.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';

const newsTo = (at: number): SendEmailInput => ({
  ...{ to: `person.${at}@example.com`, subject: `News for ${at}`, body: `Hello ${at}` },
  ...{ category: 'marketing', topic: 'news', campaign: 'spring' },
});
const news = (count: number): SendEmailInput[] =>
  Array.from({ length: count }, (_, at) => newsTo(at));

describe.each(databases)('sending many on $name', ({ name, open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());
  const start = async (options: WorldOptions = {}, opened = open) => {
    const budgets = { sendsPerDay: 10_000, firstContactsPerDay: 10_000, sendsPerRun: 10_000 };
    world = await openWorld(opened, { budgets, ...options });
    return world;
  };

  it('takes a stream of any length, answers in order and sends what it allowed', async () => {
    const { warden, sink, agent } = await start();
    await warden.system().suppress('person.7@example.com');
    async function* stream(): AsyncGenerator<SendEmailInput> {
      yield* news(250);
    }
    const outcomes = await collect(agent().sendMany(stream()));
    expect(outcomes.map(({ to }) => to?.[0])).toEqual(news(250).map(({ to }) => to));
    const odd = outcomes.filter(({ status }) => status !== 'queued');
    expect(odd).toMatchObject([{ status: 'blocked', code: 'SUPPRESSED' }]);
    expect(await warden.system().accounting()).toMatchObject({ pending: 249, blocked: 1 });
    await warden.tick();
    expect(new Set((await sink.waitFor(249)).map((mail) => mail.envelope.rcptTo[0])).size).toBe(
      249,
    );
  });

  it('sends nothing before somebody reads, and no further batch than was read', async () => {
    const { warden, agent } = await start();
    let asked = 0;
    function* source(): Generator<SendEmailInput> {
      for (const input of news(500)) {
        asked += 1;
        yield input;
      }
    }
    const outcomes = agent().sendMany(source());
    expect(asked).toBe(0);
    for await (const { status } of outcomes) {
      expect(status).toBe('queued');
      break;
    }
    expect(asked).toBe(200);
    expect(await warden.system().accounting()).toMatchObject({ candidates: 200 });
  });

  it('gives the outcomes of what a source gave before it failed', async () => {
    const { agent } = await start();
    async function* broken(): AsyncGenerator<SendEmailInput> {
      yield newsTo(1);
      throw new TypeError('The file ends here.');
    }
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      for await (const { status } of agent().sendMany(broken())) seen.push(status);
    };
    await expect(read()).rejects.toThrow('The file ends here.');
    expect(seen).toEqual(['queued']);
    const nothing = agent().sendMany({} as SendEmailInput[]);
    await expect(collect(nothing)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('P6: repeats nothing when a list is sent again after a crash', async () => {
    const { warden, agent } = await start();
    const list = news(30).map((input) => ({ ...input, idempotencyKey: 'spring' }));
    await collect(agent().sendMany(list.slice(0, 20)));
    const again = await collect(agent('other').sendMany(list));
    expect(again.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 20 }, () => 'duplicate'),
      ...Array.from({ length: 10 }, () => 'queued'),
    ]);
    expect(await warden.system().accounting()).toMatchObject({ candidates: 30 });
  });

  it('P7: gives the last places of a budget to the first that ask', async () => {
    const { agent } = await start({ budgets: { sendsPerRun: 3 } });
    const outcomes = await collect(agent('bot', { run: 'r' }).sendMany(news(5)));
    expect(outcomes.map(({ code }) => code)).toEqual([
      ...['ALLOWED', 'ALLOWED', 'ALLOWED', 'BUDGET_EXCEEDED', 'BUDGET_EXCEEDED'],
    ]);
    // One row for all that a batch takes, which the next batch and the next send count.
    const reserved = (await dumpDatabase(world.database)).get('reservation') ?? [];
    const ofRun = reserved.filter(({ kind }) => kind === 'sends:run');
    expect(ofRun.map(({ places }) => Number(places))).toEqual([3]);
    const { code } = await agent('bot', { run: 'r' }).send(newsTo(9));
    expect(code).toBe('BUDGET_EXCEEDED');
  });

  it('lets a call that cannot be understood or stored spoil no other', async () => {
    const { agent, errors, warden } = await start({}, async () => refusing(await open(), name));
    const inputs = news(9);
    inputs[2] = null as unknown as SendEmailInput;
    inputs[4] = { ...newsTo(4), subject: 'Odd' };
    inputs[6] = { ...newsTo(6), to: 'nobody' };
    const outcomes = await collect(agent().sendMany(inputs));
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['queued', 'queued', 'invalid', 'queued', 'unavailable', 'queued', 'invalid'],
      ...['queued', 'queued'],
    ]);
    expect(errors.map(({ code }) => code)).toEqual(['INTERNAL']);
    expect(await warden.system().accounting()).toMatchObject({ candidates: 6, pending: 6 });
  });

  it('asks the database as often for many as for a few', async () => {
    const captured = captureQueries();
    const opened = async (): Promise<TestDatabase> => {
      const database = await open();
      return { ...database, factory: captured.over(database.factory) };
    };
    const { agent } = await start({}, opened);
    const count = async (from: number, to: number): Promise<number> => {
      const inputs = Array.from({ length: to - from }, (_, at) => newsTo(from + at));
      await captured.during(() => collect(agent().sendMany(inputs)));
      return captured.count();
    };
    await count(0, 3);
    const few = await count(10, 13);
    expect(await count(100, 200)).toBe(few);
    expect(few).toBeLessThan(40);
  });
});

/** A database that does not take messages with the subject "Odd". */
function refusing(database: TestDatabase, name: string): TestDatabase {
  const factory: StorageFactory = {
    open: async () => {
      const storage = await database.factory.open();
      await storage.migrate('auto');
      await storage.unit(async (tx) => {
        const table = sql.table('message');
        if (name === 'postgres') {
          await sql`alter table ${table} add constraint odd check (subject <> 'Odd')`.execute(tx);
        } else {
          await sql`create trigger odd before insert on ${table} when new.subject = 'Odd'
            begin select raise(abort, 'odd'); end`.execute(tx);
        }
      });
      return storage;
    },
  };
  return { ...database, factory };
}
