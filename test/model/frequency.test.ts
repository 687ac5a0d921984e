import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Storage } from '../../packages/core/src/storage/database.ts';
import { databases, type TestDatabase } from '../support/databases.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

/** A rush takes seconds; more of them by hand. */
const RUNS = 2;
const SENDERS = 64;
const WARDENS = 4;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What the second cap allows in a week: one less than two full days. */
const weekly = (max: number): number => 2 * max - 1;

/** What 64 senders do at the same time. */
interface Rush {
  readonly max: number;
  /** Whom each sender writes to: an index into the people. */
  readonly targets: readonly number[];
  /** The priority that each sender gives. */
  readonly priorities: readonly number[];
}

/** What came of it; `wanted` is how many mails each person was to get. */
interface Rushed {
  readonly world: WardenWorld;
  readonly wanted: ReadonlyMap<string, number>;
  readonly storage: Storage;
}

const rush: fc.Arbitrary<Rush> = fc.integer({ min: 1, max: 3 }).chain((people) =>
  fc.record({
    max: fc.integer({ min: 1, max: 6 }),
    targets: fc.array(fc.integer({ min: 0, max: people - 1 }), {
      ...{ minLength: SENDERS, maxLength: SENDERS },
    }),
    priorities: fc.array(fc.integer({ min: 0, max: 9 }), {
      ...{ minLength: SENDERS, maxLength: SENDERS },
    }),
  }),
);

describe.each(databases)('64 concurrent senders on $name', ({ name, open }) => {
  it('P7: never exceed a cap by one, and never leave a free place empty', async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(rush, async (given) => {
        await inWorld(open, given.max, {}, async (world) => {
          const rushed = await sendAll(world, given);
          const { wanted } = rushed;
          await settle(rushed);
          const first = received(world);
          for (const [person, count] of wanted) {
            expect({ person, got: first.get(person) ?? 0 }).toEqual({
              ...{ person, got: Math.min(count, given.max) },
            });
          }
          // A day later the first cap has room again, until the second one is full.
          world.clock.now += DAY;
          await settle(rushed);
          for (const [person, count] of wanted) {
            expect({ person, got: received(world).get(person) ?? 0 }).toEqual({
              ...{ person, got: Math.min(count, weekly(given.max)) },
            });
          }
          sent += world.sink.messages.length;
        });
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    process.stdout.write(
      `${name}: ${RUNS} rushes of ${SENDERS} senders and ${WARDENS} processes, ${sent} mails received, no cap exceeded\n`,
    );
  }, 240_000);

  it('P7: hold it against a server that refuses and vanishes, by what it may have', async () => {
    await fc.assert(
      fc.asyncProperty(rush, fc.integer({ min: 2, max: 5 }), async (given, every) => {
        const got = new Map<string, number>();
        const server = await startMoodyServer(every, got);
        try {
          await inWorld(open, given.max, { smtpUrl: server.url }, async (world) => {
            const rushed = await sendAll(world, given);
            await settle(rushed);
            for (const [person, count] of rushed.wanted) {
              // What was refused for good before the content gave its place to the next.
              const left = count - (await refusedOf(rushed, person));
              expect(got.get(person) ?? 0).toBe(Math.min(left, given.max));
            }
          });
        } finally {
          await server.close();
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 240_000);
});

async function inWorld(
  open: () => Promise<TestDatabase>,
  max: number,
  more: { readonly smtpUrl?: string },
  run: (world: WardenWorld) => Promise<void>,
): Promise<void> {
  const world = await openWorld(open, {
    frequencyCaps: [
      { max, per: DAY },
      { max: weekly(max), per: 7 * DAY, acrossSenders: true },
    ],
    budgets: { sendsPerRun: 1_000, sendsPerDay: 1_000, firstContactsPerDay: 1_000 },
    ...more,
  });
  try {
    await run(world);
  } finally {
    await world.close();
  }
}

/** All of them at once, over every process; workers of all processes run meanwhile. */
async function sendAll(world: WardenWorld, { targets, priorities }: Rush): Promise<Rushed> {
  const wardens = [world.warden];
  while (wardens.length < WARDENS) wardens.push(await world.another());
  await Promise.all(wardens.map((warden) => warden.start()));
  const wanted = new Map<string, number>();
  await Promise.all(
    targets.map(async (target, index) => {
      const person = `p${target}@example.com`;
      wanted.set(person, (wanted.get(person) ?? 0) + 1);
      const mailboxes = [index % 2 === 0 ? MARKETING : SUPPORT];
      const agent = (wardens[index % WARDENS] ?? world.warden).agent(`a${index}`, { mailboxes });
      // Every spelling of one person is one person.
      const to = index % 3 === 0 ? `p${target}+${index}@example.com` : person;
      const priority = priorities[index] ?? 5;
      const mail = { to, subject: `Number ${index}`, body: `Text ${index}`, priority };
      let { status } = await agent.send({ ...mail, idempotencyKey: `n${index}` });
      // On a busy machine all connections are taken for long; then nothing was recorded.
      while (status === 'unavailable') {
        ({ status } = await agent.send({ ...mail, idempotencyKey: `n${index}` }));
      }
      expect(['queued', 'scheduled', 'duplicate']).toContain(status);
    }),
  );
  return { world, wanted, storage: await world.database.again().open() };
}

/** Until nothing is in flight or due, so that what waits, waits for room. */
async function settle({ storage, world }: Rushed): Promise<void> {
  const open = storage.db
    .selectFrom('delivery')
    .select(['state', 'reason_code as code'])
    .where('state', 'in', ['queued', 'claimed', 'sending', 'deferred'])
    .orderBy('due_at');
  await expect
    .poll(() => open.where('due_at', '<=', world.clock.now).execute(), { timeout: 60_000 })
    .toEqual([]);
  for (const row of await open.execute()) {
    expect(row).toMatchObject({ state: 'deferred', code: expect.stringContaining('FREQUENCY_') });
  }
}

function received({ sink }: WardenWorld): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { envelope } of sink.messages) {
    for (const address of envelope.rcptTo) {
      counts.set(personOf(address), (counts.get(personOf(address)) ?? 0) + 1);
    }
  }
  return counts;
}

function personOf(address: string): string {
  return address.replace(/\+\d+@/, '@');
}

async function refusedOf({ storage }: Rushed, person: string): Promise<number> {
  const rows = await storage.db
    .selectFrom('delivery')
    .innerJoin('attempt', 'attempt.delivery_id', 'delivery.id')
    .select(['delivery.recipient'])
    .where('attempt.phase', '=', 'rcpt')
    .execute();
  return rows.filter(({ recipient }) => personOf(recipient) === person).length;
}

/** Refuses one recipient in `every`, and vanishes after the content of one in `every` others. */
async function startMoodyServer(
  every: number,
  got: Map<string, number>,
): Promise<ScriptedSmtpServer> {
  let recipients = 0;
  let contents = 0;
  return startScriptedSmtpServer({
    rcpt: () => {
      recipients += 1;
      return recipients % every === 0 ? '550 5.7.1 Not today' : undefined;
    },
    data: ({ rcptTo }) => (rcptTo.length === 0 ? '554 5.5.1 No valid recipients' : undefined),
    dot: ({ rcptTo }) => {
      for (const address of rcptTo) {
        got.set(personOf(address), (got.get(personOf(address)) ?? 0) + 1);
      }
      contents += 1;
      return contents % every === 0 ? { act: 'drop' } : undefined;
    },
  });
}
