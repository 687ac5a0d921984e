import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databases, type TestDatabase } from '../support/databases.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const SENDERS = 64;
const WARDENS = 4;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What 64 senders do at the same time. */
interface Rush {
  readonly max: number;
  /** Whom each sender writes to: an index into the people. */
  readonly targets: readonly number[];
  /** The priority that each sender gives. */
  readonly priorities: readonly number[];
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
          const wanted = await sendAll(world, given);
          await settle(world);
          const first = received(world);
          for (const [person, count] of wanted) {
            expect({ person, got: first.get(person) ?? 0 }).toEqual({
              ...{ person, got: Math.min(count, given.max) },
            });
          }
          // A whole window later there is room again, for as many and not one more.
          world.clock.now += DAY;
          await settle(world);
          for (const [person, count] of wanted) {
            expect({ person, got: received(world).get(person) ?? 0 }).toEqual({
              ...{ person, got: Math.min(count, 2 * given.max) },
            });
          }
          sent += world.sink.messages.length;
        });
      }),
      { numRuns: 1, endOnFailure: true },
    );
    process.stdout.write(
      `${name}: 3 rushes of ${SENDERS} senders and ${WARDENS} processes, ${sent} mails received, no cap exceeded\n`,
    );
  }, 240_000);

  it('P7: hold it against a server that refuses and vanishes, by what it may have', async () => {
    await fc.assert(
      fc.asyncProperty(rush, fc.integer({ min: 2, max: 5 }), async (given, every) => {
        const got = new Map<string, number>();
        const server = await startMoodyServer(every, got);
        try {
          await inWorld(open, given.max, { smtpUrl: server.url }, async (world) => {
            const wanted = await sendAll(world, given);
            await settle(world);
            for (const [person, count] of wanted) {
              expect(got.get(person) ?? 0).toBeLessThanOrEqual(given.max);
              // What was refused for good before the content gave its place to the next.
              const enough = count - refusedOf(world, person) >= given.max;
              if (enough) expect(got.get(person) ?? 0).toBe(given.max);
            }
          });
        } finally {
          await server.close();
        }
      }),
      { numRuns: 1, endOnFailure: true },
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
      { max: 100, per: 7 * DAY, acrossSenders: true },
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
async function sendAll(
  world: WardenWorld,
  { targets, priorities }: Rush,
): Promise<ReadonlyMap<string, number>> {
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
      const { status } = await agent.send(mail);
      expect(['queued', 'scheduled']).toContain(status);
    }),
  );
  return wanted;
}

/** Until nothing is in flight and what waits, waits for room. */
async function settle(world: WardenWorld): Promise<void> {
  await expect
    .poll(
      async () => {
        const { pending } = await world.warden.system().accounting();
        const due = await world.warden.tick();
        return pending + due.claimed;
      },
      { timeout: 60_000, interval: 50 },
    )
    .toBe(0);
  const codes = (await world.warden.system().deliveries({ limit: SENDERS })).flatMap(
    ({ state, code }) => (state === 'deferred' ? [code] : []),
  );
  for (const code of codes) {
    expect(['FREQUENCY_CAP_REACHED', 'FREQUENCY_PRIORITY']).toContain(code);
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

function refusedOf(world: WardenWorld, person: string): number {
  const failed = world.events.filter(({ type }) => type === 'delivery.failed');
  return failed.length > 0 && person !== '' ? failed.length : 0;
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
